import { type ArrowColumn, fromArrowColumn, isArrowColumn } from './arrow-table'
import { type Column, type ColumnTable, columnOf, typeOfValues } from './column-table'
import { sourceTypeOf } from './column-types'

/** The part of arquero's `ColumnTable` that is read here. */
export type ArqueroTable = {
  numRows(): number
  columnNames(): string[]
  column(name: string): ArqueroColumn
  totalRows(): number
  isFiltered(): boolean
  isOrdered(): boolean
  /** Each row's index in the columns, in the table's order; kept by the table. */
  indices(): Uint32Array
}
/** A plain or typed array, a column object around one, or an Arrow column. */
type ArqueroColumn = { length: number; at(row: number): unknown; data?: unknown }

export function isArqueroTable(value: object): value is ArqueroTable {
  const table = value as Partial<ArqueroTable>
  return (
    typeof table.numRows === 'function' &&
    typeof table.columnNames === 'function' &&
    typeof table.column === 'function' &&
    typeof table.totalRows === 'function' &&
    typeof table.indices === 'function'
  )
}

/** An arquero table, its filter and order kept. */
export function fromArquero(table: ArqueroTable): ColumnTable {
  const columns = table.columnNames().map((name) => {
    const column = table.column(name)
    const source = sourceTypeOf(column)
    return { ...fromColumn(name, column), ...(source && { source }) }
  })
  const moved = table.isFiltered() || table.isOrdered()
  return {
    columns,
    length: table.totalRows(),
    ...(moved && { indices: table.indices() }),
    ...sizeOf(columns),
  }
}

function fromColumn(name: string, column: ArqueroColumn): Column {
  if (isArrowColumn(column)) return fromArrowColumn(name, column as ArrowColumn)
  const data = column.data ?? column
  if (Array.isArray(data) || ArrayBuffer.isView(data))
    return columnOf(name, data as unknown as ArrayLike<unknown>)
  const at = (row: number) => column.at(row)
  return { name, ...typeOfValues(column.length, at), at }
}

/** Known where all columns are typed arrays. */
function sizeOf(columns: Column[]) {
  let bytes = 0
  for (const { data } of columns) {
    if (!ArrayBuffer.isView(data)) return {}
    bytes += data.byteLength
  }
  return { bytes }
}
