import type { ColumnType } from '../../../lib/protocol/dataset'
import { storedTypes } from '../column-sql'
import type { Decided } from './decide-type'
import type { StagedColumn } from './staged'
import { present, tidy, typed } from './typed'

/** How a column is read, as SQL: `text` is what is there, null where nothing is. */
export type ColumnValue = {
  text: string
  /** Of what `text` gave: it says its argument many times, so a query names that first. */
  read(text: string): string
}

/** How a staged column is read as a type. */
export function columnValue(
  { source, native }: StagedColumn,
  type: ColumnType,
  { reading }: Decided,
): ColumnValue {
  const text = native === null || native === 'text' ? tidy(source) : tidy(`CAST(${source} AS VARCHAR)`)
  if (native === type && type !== 'text') return { text: source, read: (text) => text }
  if (narrower('', native, type) !== undefined)
    return { text: source, read: (text) => narrower(text, native, type)! }
  const there = type === 'text' ? text : present(text)
  return { text: there, read: (text) => `CAST(${typed(type, text, reading)} AS ${storedTypes[type]})` }
}

/** Whether all values of a column are known to be of a type: it was found by all of them. */
export const isOfType = ({ native }: StagedColumn, type: ColumnType, decided: Decided) =>
  native === null && type === decided.type

/** What is narrower without a way over text: numbers that are whole, moments that are days. */
function narrower(source: string, native: ColumnType | null, type: ColumnType): string | undefined {
  if (native === 'number' && type === 'integer')
    return `CASE WHEN trunc(${source}) = ${source} AND abs(${source}) <= ${Number.MAX_SAFE_INTEGER} THEN CAST(${source} AS BIGINT) END`
  if (native === 'datetime' && type === 'date')
    return `CASE WHEN date_trunc('day', ${source}) = ${source} THEN CAST(${source} AS DATE) END`
  return undefined
}

/** What a column's text is called in `textsOf`; no file's own column is called so. */
export const textAt = (i: number) => `__text_${i}`

/** A query for the texts of columns, to be read in the select around it: as what `read` is given there. */
export const textsOf = (columns: Pick<ColumnValue, 'text'>[], from: string, ...more: string[]) =>
  `(SELECT ${[...more, ...columns.map(({ text }, i) => `${text} AS ${textAt(i)}`)].join(', ')} FROM ${from})`
