const maxGroup = 122_880
const minGroup = 2048
/** Values that a row group may hold: so much is in memory while it is written. */
const groupValues = 2_000_000

/** What dictionaries of texts may hold together, bytes: DuckDB takes all of it for each column at once. */
const dictionaryBytes = 32 * 2 ** 20
const maxDictionary = 2 ** 20
const minDictionary = 2 ** 14

/**
 * How a data set's files are written: row groups of a size that pages, statistics and parallel readers like, smaller
 * where a row is wide. `width`: values of a row.
 */
export function parquetOptions(width: number): string {
  const size = Math.max(minGroup, Math.min(maxGroup, Math.floor(groupValues / Math.max(width, 1))))
  const dictionary = Math.max(
    minDictionary,
    Math.min(maxDictionary, Math.floor(dictionaryBytes / Math.max(width, 1))),
  )
  // Said outright: DuckDB 1.5.4 writes row groups in the order in which its threads end otherwise, whatever
  // preserve_insertion_order says.
  return `(FORMAT parquet, PRESERVE_ORDER true, COMPRESSION zstd, ROW_GROUP_SIZE ${size}, STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionary})`
}
