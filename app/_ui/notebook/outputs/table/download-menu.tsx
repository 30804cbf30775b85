import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { allRows } from '../../../../../lib/protocol/all-rows'
import type { TableFormat, TableQuery } from '../../../../../lib/protocol/tables'
import { formatCount } from '../../../units'
import { useSession } from '../../context'
import { leavesAll } from './query'

type Props = {
  table: string
  query: TableQuery
  rows: number
  /** Rows that the query leaves, if they are counted. */
  left: number | undefined
}

const names: Record<TableFormat, string> = { csv: 'CSV', parquet: 'Parquet' }

/** The whole table as a file, and what the query leaves of it in its order. */
export function DownloadMenu({ table, query, rows, left }: Props) {
  const { notebookId } = useSession()
  const href = (format: TableFormat, of: TableQuery) =>
    `/api/notebooks/${notebookId}/tables/${table}?${new URLSearchParams({ format, query: JSON.stringify(of) })}`
  const items = (label: string, of: TableQuery) =>
    (['csv', 'parquet'] as const).map((format) => (
      <Menu.Item key={format} component="a" href={href(format, of)} download>
        {names[format]}, {label}
      </Menu.Item>
    ))
  const isPart = !leavesAll(query)
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconDownload size={13} />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isPart && left !== undefined && items(`these ${formatCount(left)} rows`, query)}
        {!isPart && query.sort.length > 0 && items('in this order', query)}
        {(isPart || query.sort.length > 0) && <Menu.Divider />}
        {items(`all ${formatCount(rows)} rows`, allRows)}
      </Menu.Dropdown>
    </Menu>
  )
}
