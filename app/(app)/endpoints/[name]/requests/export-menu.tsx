import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { queryOf, type Search } from './search'

const kinds = [
  { format: 'csv', label: 'CSV' },
  { format: 'ndjson', label: 'JSON, one per line' },
  { format: 'parquet', label: 'Parquet' },
]

/** All requests that fit the search as a file, one row per record. */
export function ExportMenu({ endpoint, search }: { endpoint: string; search: Search }) {
  const address = (format: string) => {
    const query = queryOf(search)
    query.set('format', format)
    return `/api/endpoints/${endpoint}/requests/export?${query}`
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>All that fit, a row for each record</Menu.Label>
        {kinds.map(({ format, label }) => (
          <Menu.Item key={format} component="a" href={address(format)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
