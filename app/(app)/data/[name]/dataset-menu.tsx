'use client'

import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { undoable } from '../../../_ui/undoable'
import { DescribeDialog } from './describe-dialog'

type Props = {
  dataset: string
  description: string
  version: number
  /** Whether the person may change it. */
  mayWrite: boolean
}

/** What is done with a data set as a whole. */
export function DatasetMenu({ dataset, description, version, mayWrite }: Props) {
  const [describing, setDescribing] = useState(false)
  const router = useRouter()
  const file = (format: string) => `/api/datasets/${dataset}/download?version=${version}&format=${format}`
  function remove() {
    const act = () =>
      fetch(`/api/datasets/${dataset}`, { method: 'DELETE', keepalive: true }).then(() => router.refresh())
    undoable(
      `${dataset} is deleted.`,
      () => void act(),
      () => router.push(`/data/${dataset}`),
    )
    router.push('/data')
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} aria-label={`More of ${dataset}`}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={file('csv')} download>
            Download as CSV
          </Menu.Item>
          <Menu.Item component="a" href={file('parquet')} download>
            Download as Parquet
          </Menu.Item>
          <Menu.Item component="a" href={file('arrow')} download>
            Download as Arrow
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item onClick={() => setDescribing(true)}>Rename and describe</Menu.Item>
              <Menu.Item component={Link} href={`/data/new?dataset=${dataset}`}>
                New version from a file
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" onClick={remove}>
                Delete data set
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {describing && (
        <DescribeDialog dataset={dataset} description={description} onClose={() => setDescribing(false)} />
      )}
    </>
  )
}
