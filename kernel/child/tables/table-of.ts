import { fromArquero, isArqueroTable } from './arquero-table'
import { fromArrow, isArrowTable } from './arrow-table'
import { asColumnTable, type ColumnTable, hasColumnTable } from './column-table'
import { fromRecords } from './records-table'

/** What the viewer reads of a value that is a table of any kind it knows; undefined for the rest. */
export function tableOf(value: object): ColumnTable | undefined {
  if (hasColumnTable(value)) return value[asColumnTable]()
  if (isArqueroTable(value)) return fromArquero(value)
  if (isArrowTable(value)) return fromArrow(value)
  return Array.isArray(value) ? fromRecords(value) : undefined
}
