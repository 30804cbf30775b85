import type { ColumnType } from '../../../lib/protocol/dataset'
import { storedTypes } from '../column-sql'
import type { Decided } from './decide-type'
import type { StagedColumn } from './staged'
import { present, tidy, typed } from './typed'

/** A column's value as the type that it is to have, and as it is where it is there, as SQL. */
export function columnValue({ source, native }: StagedColumn, type: ColumnType, { reading }: Decided) {
  const text = native === null || native === 'text' ? tidy(source) : tidy(`CAST(${source} AS VARCHAR)`)
  if (native === type && type !== 'text') return { value: source, text: source }
  const narrowed = narrower(source, native, type)
  if (narrowed) return { value: narrowed, text: source }
  const there = type === 'text' ? text : present(text)
  return { value: `CAST(${typed(type, there, reading)} AS ${storedTypes[type]})`, text: there }
}

/** What is narrower without a way over text: numbers that are whole, moments that are days. */
function narrower(source: string, native: ColumnType | null, type: ColumnType): string | undefined {
  if (native === 'number' && type === 'integer')
    return `CASE WHEN trunc(${source}) = ${source} AND abs(${source}) <= ${Number.MAX_SAFE_INTEGER} THEN CAST(${source} AS BIGINT) END`
  if (native === 'datetime' && type === 'date')
    return `CASE WHEN date_trunc('day', ${source}) = ${source} THEN CAST(${source} AS DATE) END`
  return undefined
}
