import type { Encoded, Fields } from '../../../lib/protocol/bundle'
import { isTensor } from '../../../lib/protocol/model-kind'
import type { Encoder } from './encode'

/** Undefined for anything but a tensor. A variable stays one. */
export function encodeTensor(
  { refuse }: Encoder,
  value: object,
  id: number,
  at: string,
): Encoded | undefined {
  if (!isTensor(value)) return
  if (value.isDisposed) return refuse(at, 'is a disposed tensor')
  const { dtype, shape } = value
  const data = dtype === 'string' ? Array.from(value.dataSync()) : copy(value.dataSync())
  if (!('assign' in value)) return { t: 'tensor', id, dtype, shape, data }
  const variable = {
    name: String(Reflect.get(value, 'name')),
    trainable: Boolean(Reflect.get(value, 'trainable')),
  }
  return { t: 'tensor', id, dtype, shape, data, variable }
}

/** A typed array's own bytes: TensorFlow's may be a view into something larger. */
const copy = (data: object) =>
  ArrayBuffer.isView(data) ? (data as Float32Array).slice() : Array.from(data as Iterable<number>)

/** The parts of an arquero table that capture reads. */
type Table = {
  numRows(): number
  columnNames(): string[]
  array(name: string): ArrayLike<unknown>
  reify(): Table
  isFiltered(): boolean
  isOrdered(): boolean
  isGrouped(): boolean
  groups(): { names: string[] } | null
  ungroup(): Table
}

export const isTable = (value: object): value is Table =>
  ['numRows', 'columnNames', 'array', 'reify', 'groups'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  )

/**
 * Column by column, as values: Arrow would turn undefined into null and mixed columns into text. Only rows that the
 * table's filter shows are there, in its order.
 */
export async function encodeTable(encoder: Encoder, value: Table, id: number, at: string): Promise<Encoded> {
  const groups = value.isGrouped() ? (value.groups()?.names ?? []) : []
  const names = value.columnNames()
  const unnamed = groups.find((name) => !names.includes(name))
  if (unnamed !== undefined)
    return encoder.refuse(at, `is a table grouped by an expression (${unnamed}): derive a column of it first`)
  const rows = value.ungroup()
  const plain = rows.isFiltered() || rows.isOrdered() ? rows.reify() : rows
  const columns: Fields = []
  for (const name of names) {
    const column = plain.array(name)
    const data = ArrayBuffer.isView(column) ? copy(column) : Array.from(column)
    columns.push([name, await encoder.encode(data, `${at}.${name}`)])
  }
  return { t: 'table', id, columns, groups }
}
