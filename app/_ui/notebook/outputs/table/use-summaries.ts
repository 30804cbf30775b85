import { useEffect, useState } from 'react'
import type { ColumnSummary, TableQuery } from '../../../../../lib/protocol/tables'
import { useSession, useView } from '../../context'

/** Columns that are asked for together: the first histograms come before all are made. */
const together = 6

/** What a column holds in so many rows. */
export type Summary = ColumnSummary & { rows: number }
/** `of`: the table and the query that the summary is of. */
type Known = Record<number, { of: string; summary: Summary }>

type Asked = {
  table: string | undefined
  query: TableQuery
  columns: number[]
  active: boolean
}

/** What the shown columns hold in the rows that the query leaves; what was known before stays until the new arrives. */
export function useSummaries({ table, query, columns, active }: Asked): Record<number, Summary> {
  const { ask } = useSession()
  const idle = useView((view) => view.kernel.kernel.state === 'idle')
  const [known, setKnown] = useState<Known>({})
  const [failed, setFailed] = useState(false)
  const asked = JSON.stringify({ filters: query.filters, search: query.search })
  const of = `${table} ${asked}`
  const missing = columns
    .filter((column) => known[column]?.of !== of)
    .slice(0, together)
    .join()

  // What could not be answered while a cell ran is asked for again when the kernel is idle.
  useEffect(() => {
    if (idle) setFailed(false)
  }, [idle])

  useEffect(() => {
    if (!active || failed || table === undefined || missing === '') return
    let current = true
    const wanted = missing.split(',').map(Number)
    ask('table.summary', { table, query: JSON.parse(asked), columns: wanted }).then(
      ({ rows, columns }) => {
        if (!current) return
        const found = wanted.map((column, i) => [column, { of, summary: { ...columns[i]!, rows } }] as const)
        setKnown((before) => ({ ...before, ...Object.fromEntries(found) }))
      },
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [ask, active, failed, table, asked, of, missing])

  return Object.fromEntries(Object.entries(known).map(([column, { summary }]) => [column, summary]))
}
