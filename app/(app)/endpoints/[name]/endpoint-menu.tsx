'use client'

import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DeleteDialog } from './delete-dialog'

/** What is done to an endpoint as a whole. */
export function EndpointMenu({ endpoint }: { endpoint: string }) {
  const router = useRouter()
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={`More of ${endpoint}`}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={() => setDeleting(true)}>
            Delete endpoint
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting && (
        <DeleteDialog
          title={`Delete ${endpoint}`}
          text="All of its versions go, and its address answers no more; the name is free for another one. Its history and its log can still be read. This cannot be taken back."
          use={null}
          path={`/api/endpoints/${endpoint}`}
          done={`${endpoint} was deleted.`}
          onDeleted={() => router.push('/endpoints')}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
