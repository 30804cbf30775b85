import type { ColumnTable } from 'arquero'
import { type ArqueroTable, fromArquero } from '../tables/arquero-table'
import { asColumnTable } from '../tables/column-table'
import type { ResultColumn } from './column-reader'

/** Makes arquero tables. */
export type MakeTable = (columns: object, names: string[]) => ColumnTable

/** A result as an arquero table that is shown with its types of SQL, where these are known. `query`: a person asked for it. */
export function resultTable(
  make: MakeTable,
  names: string[],
  columns: ResultColumn[],
  types?: readonly string[],
  query?: true,
): ColumnTable {
  const table = make(Object.fromEntries(names.map((name, i) => [name, columns[i]!])), names)
  if (!types) return table
  const shown = () => {
    const plain = fromArquero(table as unknown as ArqueroTable)
    return {
      ...plain,
      ...(query && { query }),
      columns: plain.columns.map((column, i) => ({ ...column, type: types[i]! })),
    }
  }
  return Object.defineProperty(table, asColumnTable, { value: shown })
}
