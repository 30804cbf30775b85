import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { Refused } from '../../../lib/refused'

/** A version as figures are computed of it. */
export type Source = {
  columns: DatasetColumn[]
  /** What stands behind FROM. */
  from: string
  /** The rows of a result. Rejects with `Refused` once the question is asked anew. */
  rows(sql: string): Promise<unknown[][]>
  /** The same by column. */
  byColumn(sql: string): Promise<unknown[][]>
}

/** A column by its name. Refuses one that the version does not have (400). */
export function columnOf({ columns }: Pick<Source, 'columns'>, name: string): DatasetColumn {
  const found = columns.find((column) => column.name === name)
  if (!found) throw new Refused(400, 'no_column', `this version has no column of this name: ${name}`)
  return found
}
