'use client'

import { Text } from '@mantine/core'
import type { FieldSchema } from '../../../../lib/protocol/schema'
import { type Column, DataTable } from '../../../_ui/data-table'
import { describeFields, type FieldLine } from '../../../_ui/records/describe'

/** The fields of a record: name, type, values, whether it may be empty. */
export function SchemaTable({ field }: { field: unknown }) {
  const lines = describeFields(field as FieldSchema)
  return <DataTable label="Fields of a record" columns={columns} rows={lines} rowKey={({ path }) => path} />
}

const columns: Column<FieldLine>[] = [
  { key: 'path', title: 'Field', render: ({ path }) => <code>{path}</code>, value: ({ path }) => path },
  { key: 'type', title: 'Type', render: ({ type }) => type, value: ({ type }) => type },
  {
    key: 'values',
    title: 'Values',
    width: '55%',
    render: ({ values }) => (
      <Text size="sm" c="dimmed" lineClamp={2} title={values}>
        {values || '–'}
      </Text>
    ),
  },
  { key: 'nullable', title: 'May be empty', render: ({ nullable }) => (nullable ? 'yes' : 'no') },
]
