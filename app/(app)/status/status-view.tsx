'use client'

import { Button, Menu, MenuDropdown, MenuItem, MenuTarget, Skeleton } from '@mantine/core'
import { IconAdjustments, IconCheck, IconLayoutDashboard, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type StatusLayout, statusWidgets } from '../../../lib/protocol/preferences'
import type { Status } from '../../../lib/status/read'
import { useCommands } from '../../_ui/commands'
import { EmptyState } from '../../_ui/empty-state'
import { Card, Page, PageHeader } from '../../_ui/page'
import { StatusDot } from '../../_ui/status-dot'
import { defaultLayout } from './arrangement'
import { Board } from './board'
import classes from './status.module.css'
import { useLayout } from './use-layout'
import { useStatus } from './use-status'
import { widgets } from './widgets'

type Props = { first: Status | undefined; layout: StatusLayout | undefined }

/** How every machine and process of the installation does, in widgets that each person arranges for themselves. */
export function StatusView({ first, layout: own }: Props) {
  const { status, failure } = useStatus(first)
  const usual = defaultLayout(status?.machines.some(({ sample }) => sample?.gpus.length) ?? false)
  const { layout, change } = useLayout(own ?? usual)
  const [arranging, setArranging] = useState(false)
  useCommands('Do', [
    { id: 'arrange', label: 'Arrange the status page', run: () => setArranging((before) => !before) },
  ])
  const absent = statusWidgets.filter((name) => !layout.some(({ widget }) => widget === name))
  const add = (widget: (typeof absent)[number]) => change([...layout, { widget, width: 2, height: 1 }])
  return (
    <Page>
      <PageHeader
        title="Status"
        description={<Summary status={status} failure={failure} />}
        actions={
          arranging ? (
            <>
              <Menu position="bottom-end">
                <MenuTarget>
                  <Button
                    variant="default"
                    leftSection={<IconPlus size={16} stroke={1.6} />}
                    disabled={absent.length === 0}
                  >
                    Add
                  </Button>
                </MenuTarget>
                <MenuDropdown>
                  {absent.map((name) => (
                    <MenuItem key={name} onClick={() => add(name)}>
                      {widgets[name].label}
                    </MenuItem>
                  ))}
                </MenuDropdown>
              </Menu>
              <Button variant="default" onClick={() => change(usual)}>
                As it was at first
              </Button>
              <Button leftSection={<IconCheck size={16} stroke={1.6} />} onClick={() => setArranging(false)}>
                Done
              </Button>
            </>
          ) : (
            <Button
              variant="default"
              leftSection={<IconAdjustments size={16} stroke={1.6} />}
              onClick={() => setArranging(true)}
            >
              Arrange
            </Button>
          )
        }
      />
      {!status ? (
        <div className={classes.board}>
          {layout.map(({ widget, width, height }) => (
            <Skeleton
              key={widget}
              className={classes.widget}
              style={{ '--width': width, '--height': height } as React.CSSProperties}
            />
          ))}
        </div>
      ) : layout.length === 0 ? (
        <Card>
          <EmptyState
            icon={<IconLayoutDashboard size={22} stroke={1.6} />}
            title="Nothing is shown"
            action={<Button onClick={() => change(usual)}>Show the usual widgets</Button>}
          >
            You have removed every widget.
          </EmptyState>
        </Card>
      ) : (
        <Board status={status} layout={layout} arranging={arranging} onChange={change} />
      )}
    </Page>
  )
}

/** One line that says whether there is anything to look after. */
function Summary({ status, failure }: { status: Status | undefined; failure: string | undefined }) {
  if (failure) return <StatusDot tone="bad">{failure}</StatusDot>
  if (!status) return <StatusDot tone="warn">Waiting for the processes to say how they do</StatusDot>
  const away = status.machines.filter(({ sample }) => !sample)
  if (away.length > 0)
    return (
      <StatusDot tone="bad" wrap>
        {away.length === 1 ? `${away[0]!.name} is away` : `${away.length} machines are away`}
      </StatusDot>
    )
  const count = status.machines.length
  return (
    <StatusDot tone="good">
      {count === 1 ? '1 machine is there' : `All ${count} machines are there`}
    </StatusDot>
  )
}
