import type { TableFilter } from '../../../lib/protocol/tables'
import { textOf, toCell, toNumber } from './cell'
import type { Column, ColumnTable } from './column-table'
import { containsText } from './contains'

/** Keeps those of the first `count` rows for which a filter holds, in their order at the start of the same array. */
export type Narrow = (rows: Uint32Array, count: number) => number

/** A filter as a loop over rows of its column. */
export function narrowBy({ columns }: ColumnTable, filter: TableFilter): Narrow {
  const column = columns[filter.column]!
  switch (filter.op) {
    case 'range':
      return inRange(column, filter)
    case 'contains': {
      const holds = containsText(filter.text)
      return where(column, (value) => holds(textOf(value, column.kind)))
    }
    case 'in':
      return isOneOf(column, filter.values)
    case 'null': {
      const { at } = column
      return keep((row) => {
        const value = at(row)
        return (value === null || value === undefined) !== filter.not
      })
    }
  }
}

function inRange(
  { kind, data, at }: Column,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: { min?: number; max?: number },
): Narrow {
  if (kind === 'number' && data && ArrayBuffer.isView(data))
    return keep((row) => {
      const value = data[row] as number
      return value >= min && value <= max
    })
  return keep((row) => {
    const value = toNumber(at(row))
    return value >= min && value <= max
  })
}

/** Values as cells show them, so that what was seen can be asked for. */
function isOneOf({ kind, at }: Column, values: readonly unknown[]): Narrow {
  const wanted = new Set(values)
  if (kind === 'text') return keep((row) => wanted.has(at(row) ?? null))
  return keep((row) => wanted.has(toCell(at(row), kind)))
}

const where = ({ at }: Column, holds: (value: unknown) => boolean) =>
  keep((row) => {
    const value = at(row)
    return value !== null && value !== undefined && holds(value)
  })

const keep =
  (holds: (row: number) => boolean): Narrow =>
  (rows, count) => {
    let kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      if (holds(row)) rows[kept++] = row
    }
    return kept
  }
