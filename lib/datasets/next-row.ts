import type { DatasetVersion } from './find'

/** The identity that the next new row of a version gets: none that any row had before. */
export const nextRowOf = ({ nextRow, rows }: Pick<DatasetVersion, 'nextRow' | 'rows'>): number =>
  nextRow ?? rows
