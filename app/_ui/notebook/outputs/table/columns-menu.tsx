import { Button, Checkbox, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { maxAskedColumns } from '../../../../../lib/protocol/limits'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import classes from './columns-menu.module.css'
import { type Layout, setShown } from './layout'

type Props = {
  columns: TableOutput['columns']
  layout: Layout
  setLayout(layout: Layout): void
}

/** Columns listed at once: a search finds the others. */
const mostListed = 200

/** Which columns are shown. */
export function ColumnsMenu({ columns, layout, setLayout }: Props) {
  const [wanted, setWanted] = useState('')
  const { order, hidden } = layout
  const found = order.filter((column) => columns[column]!.name.toLowerCase().includes(wanted.toLowerCase()))
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconColumns3 size={13} />}>
          {hidden.size === 0 ? 'Columns' : `Columns (${hidden.size} hidden)`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}>
        <Stack gap={8} w={230}>
          {columns.length > 8 && (
            <TextInput
              size="xs"
              placeholder="Find a column"
              aria-label="Find a column"
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
          )}
          <div className={classes.list}>
            {found.slice(0, mostListed).map((column) => (
              <Checkbox
                key={column}
                size="xs"
                label={columns[column]!.name}
                checked={!hidden.has(column)}
                onChange={(event) => setLayout(setShown(layout, [column], event.currentTarget.checked))}
              />
            ))}
          </div>
          {columns.length - hidden.size > maxAskedColumns && (
            <Text size="xs" c="dimmed">
              The first {maxAskedColumns} of the chosen columns are drawn.
            </Text>
          )}
          <Group gap={8}>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setLayout(setShown(layout, found, true))}
            >
              Show {wanted === '' ? 'all' : 'these'}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setLayout(setShown(layout, found, false))}
            >
              Hide {wanted === '' ? 'all' : 'these'}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
