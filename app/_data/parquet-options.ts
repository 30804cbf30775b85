/** How a data set's files are written: row groups of a size that pages, statistics and parallel readers like. */
export const parquetOptions = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)'
