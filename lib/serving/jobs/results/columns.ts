import type { FieldSchema, RecordSchema } from '../../../protocol/schema'
import type { ResultRow } from './result-rows'

export type ResultColumn = {
  name: string
  type: 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'STRING'
  /** The cell as it is: any JSON value. */
  of(row: ResultRow): unknown
}

/**
 * A result as a table: `row`, the input's fields where `withInput`, the prediction (a column for each of its fields, if the
 * model's answer has some), and `error`.
 */
export function resultColumns({ input, output }: RecordSchema, withInput: boolean): ResultColumn[] {
  const inputs = withInput ? fieldsOf(input, 'input', '', ({ input: value }) => value) : []
  const predictions = fieldsOf(output, 'prediction', 'prediction_', ({ prediction }) => prediction)
  const columns: ResultColumn[] = [
    { name: 'row', type: 'INT32', of: ({ row }) => row },
    ...inputs,
    ...predictions,
    { name: 'error', type: 'STRING', of: ({ error }) => error?.message },
  ]
  const taken = new Set<string>()
  return columns.map((column) => ({ ...column, name: uniqueName(column.name, taken) }))
}

/** An object is a column for each field, all else is one column. */
function fieldsOf(
  schema: FieldSchema,
  name: string,
  prefix: string,
  value: (row: ResultRow) => unknown,
): ResultColumn[] {
  if (schema.type !== 'object') return [{ name, type: typeOf(schema), of: value }]
  return Object.entries(schema.fields).map(([field, each]) => ({
    name: prefix + field,
    type: typeOf(each),
    of: (row) => {
      const record = value(row)
      return typeof record === 'object' && record !== null && Object.hasOwn(record, field)
        ? (record as Record<string, unknown>)[field]
        : undefined
    },
  }))
}

function typeOf({ type }: FieldSchema): ResultColumn['type'] {
  return type === 'number' ? 'DOUBLE' : type === 'boolean' ? 'BOOLEAN' : 'STRING'
}

/** An input may have a field `error` itself. */
function uniqueName(name: string, taken: Set<string>) {
  let unique = name
  for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`
  taken.add(unique)
  return unique
}
