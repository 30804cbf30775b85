import { type ColumnTable, typeOfValues } from './column-table'

/** Records that are looked at for the names of columns, and to see whether they are flat. */
const lookedAt = 1000
const mostColumns = 50

/** Objects of one kind as rows, without a copy of them: undefined unless a table shows them well. */
export function fromRecords(values: unknown[]): ColumnTable | undefined {
  const first = values.slice(0, lookedAt)
  if (first.length === 0 || !first.every(isRecord)) return undefined
  const names = [...new Set(first.flatMap((record) => Object.keys(record)))]
  if (names.length === 0 || names.length > mostColumns) return undefined
  if (!first.every((record) => Object.values(record).every(isFlat))) return undefined
  const columns = names.map((name) => {
    // The array may be made shorter, and what is put into it may be anything.
    const at = (row: number) => (values[row] as Record<string, unknown> | null | undefined)?.[name]
    return { name, ...typeOfValues(values.length, at), at }
  })
  return { columns, length: values.length }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
  )
}

const isFlat = (value: unknown) =>
  value === null || (typeof value !== 'object' && typeof value !== 'function') || value instanceof Date
