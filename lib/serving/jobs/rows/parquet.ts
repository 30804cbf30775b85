import { toJsonValue } from '../../../protocol/json-value'
import { JobFailed } from '../job-failed'
import type { Row, Rows } from './row'

/** Rows that are made at once. */
const sliceRows = 1000
/** A row group's columns are in memory together: a larger one is refused. Bytes, uncompressed. */
const maxGroupBytes = 512 * 2 ** 20

/** Parquet, a row group at a time. */
export async function* parquetRows(file: string): Rows {
  const { parquet, source, metadata } = await openParquet(file)
  const names = parquet.parquetSchema(metadata).children.map(({ element }) => element.name)
  const { compressors } = await import('hyparquet-compressors')
  let start = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    if (Number(group.total_byte_size) > maxGroupBytes)
      throw new JobFailed(
        `a row group of the Parquet file holds ${group.total_byte_size} bytes; write it with row groups of at most ${maxGroupBytes}`,
      )
    const columns = names.map(() => [] as { from: number; data: ArrayLike<unknown> }[])
    try {
      await parquet.parquetRead({
        file: source,
        metadata,
        compressors,
        rowStart: start,
        rowEnd: start + rows,
        onChunk({ columnName, columnData, rowStart }) {
          columns[names.indexOf(columnName)]?.push({ from: rowStart, data: columnData })
        },
      })
    } catch (cause) {
      throw new JobFailed(`the Parquet file is damaged: ${(cause as Error).message}`, { cause })
    }
    const at = columns.map((chunks) => reader(chunks))
    for (let from = start; from < start + rows; from += sliceRows) {
      const slice: Row[] = []
      for (let row = from; row < Math.min(from + sliceRows, start + rows); row++) {
        const record = Object.fromEntries(names.map((name, i) => [name, at[i]!(row)]))
        slice.push(rowOf(record, row + 1))
      }
      yield slice
    }
    start += rows
  }
  if (start === 0) throw new JobFailed('the Parquet file has no rows')
}

function rowOf(given: Record<string, unknown>, number: number): Row {
  try {
    const record = toJsonValue(given)
    return { record, bytes: JSON.stringify(record).length }
  } catch (error) {
    return { problem: `row ${number}: ${(error as Error).message}`, bytes: 0 }
  }
}

/** Values of one column by the row's number; they are asked for in order. */
function reader(chunks: { from: number; data: ArrayLike<unknown> }[]) {
  chunks.sort((a, b) => a.from - b.from)
  let now = 0
  return (row: number): unknown => {
    while (now < chunks.length - 1 && row >= chunks[now + 1]!.from) now++
    const chunk = chunks[now]
    return chunk?.data[row - chunk.from]
  }
}

/** How many rows a Parquet file says that it has. Throws `JobFailed` where it is none. */
export async function countParquetRows(file: string): Promise<number> {
  const { metadata } = await openParquet(file)
  return Number(metadata.num_rows)
}

async function openParquet(file: string) {
  // Loaded when first needed: most processes never read one.
  const parquet = await import('hyparquet')
  try {
    const source = await parquet.asyncBufferFromFile(file)
    return { parquet, source, metadata: await parquet.parquetMetadataAsync(source) }
  } catch (cause) {
    throw new JobFailed(`the file is not Parquet, or was cut short: ${(cause as Error).message}`, { cause })
  }
}
