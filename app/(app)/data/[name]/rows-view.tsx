'use client'

import { Group, Pagination, Skeleton, Text } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import type { DatasetColumn } from '../../../../lib/protocol/dataset'
import { type Column, DataTable } from '../../../_ui/data-table'
import { EmptyState } from '../../../_ui/empty-state'
import { formatCount } from '../../../_ui/units'
import { ColumnHead } from './column-head'
import { pageRows, type Row, useRows } from './use-rows'
import { Value } from './value'

type Props = { dataset: string; version: number; columns: DatasetColumn[]; total: number }

/** The rows of a version, page by page. */
export function RowsView({ dataset, version, columns, total }: Props) {
  const [page, setPage] = useState(1)
  const { rows, problem } = useRows(dataset, version, (page - 1) * pageRows)
  if (total === 0)
    return (
      <EmptyState icon={<IconTable size={22} stroke={1.6} />} title="No rows" compact>
        This version has columns, and no row.
      </EmptyState>
    )
  if (!rows) return problem ? <Text role="alert">{problem}</Text> : <Skeleton height={480} radius="lg" />
  const from = (page - 1) * pageRows
  return (
    <>
      {problem && <Text role="alert">{problem}</Text>}
      <DataTable
        label={`Rows of ${dataset}`}
        columns={columns.map(
          (column, i): Column<Row> => ({
            key: String(i),
            title: column.name,
            head: <ColumnHead column={column} />,
            numeric: column.type === 'integer' || column.type === 'number',
            render: ({ values }) => <Value value={values[i] ?? null} column={column} />,
          }),
        )}
        rows={rows}
        rowKey={({ id }) => String(id)}
        maxHeight={640}
      />
      <Group justify="space-between" mt="sm">
        <Text size="sm" c="dimmed" aria-live="polite">
          {formatCount(from + 1)} to {formatCount(Math.min(from + pageRows, total))} of {formatCount(total)}
        </Text>
        {total > pageRows && (
          <Pagination
            size="sm"
            total={Math.ceil(total / pageRows)}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          />
        )}
      </Group>
    </>
  )
}
