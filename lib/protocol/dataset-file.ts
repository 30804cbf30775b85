/** The first column of each Parquet file of a data set, which people do not see: the row's identity, kept through edits. */
export const rowColumn = '__row'
/** In a file of changes, beside all columns: whether the row is gone. */
export const deletedColumn = '__deleted'
