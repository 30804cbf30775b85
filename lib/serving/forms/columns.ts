import type { FieldSchema } from '../../protocol/schema'
import { Refusal } from '../refusal'

type Columns = { columns: Record<string, unknown> }

/** Whether a body is `{ "columns": { name: [values] } }`, and not a record that has such a field. */
export function isColumns(body: unknown, input: FieldSchema): body is Columns {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'columns')) return false
  if (input.type === 'object' && Object.hasOwn(input.fields, 'columns')) return false
  const { columns } = body as Columns
  return typeof columns === 'object' && columns !== null && !Array.isArray(columns)
}

/** Columns of one length to records. Throws `Refusal` 400 that names the column that differs. */
export function columnsToRecords(columns: Record<string, unknown>): Record<string, unknown>[] {
  const names = Object.keys(columns)
  const [first] = names
  const length = first === undefined ? 0 : lengthOf(first, columns[first])
  for (const name of names) {
    const other = lengthOf(name, columns[name])
    if (other !== length)
      throw new Refusal(
        400,
        'bad_record',
        `${name}: columns must have one length, got ${other} values, and ${length} of ${first}`,
        name,
      )
  }
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(names.map((name) => [name, (columns[name] as unknown[])[i]])),
  )
}

function lengthOf(name: string, column: unknown): number {
  if (Array.isArray(column)) return column.length
  throw new Refusal(400, 'bad_record', `${name}: expected an array of values`, name)
}
