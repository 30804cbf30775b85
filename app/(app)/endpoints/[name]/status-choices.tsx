'use client'

import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type VersionStatus, versionStatuses } from '../../../../lib/protocol/version-status'
import { statusNames } from './statuses'

type Props = {
  version: { version: string; status: VersionStatus }
  /** Whether it can take another status. */
  ready?: boolean
  /** Whether a newer version answers now. */
  older: boolean
  onChoose: (status: VersionStatus, title: string) => void
  /** More lines of the menu. */
  children?: ReactNode
}

/** What a version can become: the one that answers by a button, the other statuses in a menu. */
export function StatusChoices({
  version: { version, status },
  ready = true,
  older,
  onChoose,
  children,
}: Props) {
  const main = older ? 'Roll back to this' : 'Make production'
  return (
    <>
      {ready && status !== 'production' && (
        <Button variant="default" size="compact-sm" onClick={() => onChoose('production', main)}>
          {main}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={26} aria-label={`Status of ${version}`}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {versionStatuses
            .filter((each) => ready && each !== status && each !== 'production')
            .map((each) => (
              <Menu.Item key={each} onClick={() => onChoose(each, `Move to ${statusNames[each]}`)}>
                Move to {statusNames[each]}
              </Menu.Item>
            ))}
          {children}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
