import type { ColumnType } from '../../../lib/protocol/dataset'
import { storedTypes } from '../column-sql'
import type { Decided } from './decide-type'
import type { StagedColumn } from './staged'
import { present, tidy, typed } from './typed'

/** A column's value as the type that it is to have, and its text where it is there, as SQL. */
export function columnValue({ source, native }: StagedColumn, type: ColumnType, { reading }: Decided) {
  const text = native === null || native === 'text' ? tidy(source) : tidy(`CAST(${source} AS VARCHAR)`)
  if (native === type && type !== 'text') return { value: source, text: `CAST(${source} AS VARCHAR)` }
  const there = type === 'text' ? text : present(text)
  return { value: `CAST(${typed(type, there, reading)} AS ${storedTypes[type]})`, text: there }
}
