import type { Conversion } from '../../../lib/datasets/conversion'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { storedTypes } from '../column-sql'
import { quoted } from '../duck'
import { present, tidy, typed } from '../import/typed'

/** A column's value as another type, null where it is none; and its text where there is a value; as SQL. */
export function convertedValue(
  { name, type: from }: Pick<DatasetColumn, 'name' | 'type'>,
  { type: to, dayFirst }: Pick<Conversion, 'type' | 'dayFirst'>,
): { value: string; text: string } {
  const column = quoted(name)
  const text = `CAST(${column} AS VARCHAR)`
  const cast = { value: `CAST(${column} AS ${storedTypes[to]})`, text }
  if (from === to || to === 'text') return cast
  // What one type holds of the other is exact; all else goes by its text, as a file's does.
  if (from === 'integer' && to === 'number') return cast
  if (from === 'boolean' && (to === 'integer' || to === 'number')) return cast
  if (from === 'date' && to === 'datetime') return cast
  if (from === 'datetime' && to === 'date')
    return {
      value: `CASE WHEN ${column} = date_trunc('day', ${column}) THEN CAST(${column} AS DATE) END`,
      text,
    }
  const there = from === 'text' ? present(tidy(column)) : text
  return { value: `CAST(${typed(to, there, { dayFirst })} AS ${storedTypes[to]})`, text: there }
}
