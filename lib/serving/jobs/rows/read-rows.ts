import { type BatchFormat, maxRows } from '../../../protocol/prediction-jobs'
import type { FieldSchema } from '../../../protocol/schema'
import { JobFailed } from '../job-failed'
import { csvRows } from './csv'
import { jsonRows } from './json'
import { ndjsonRows } from './ndjson'
import { countParquetRows, parquetRows } from './parquet'
import type { Rows } from './row'

/** What a batch's file is: where it lies, what it holds, and what its records should look like. */
export type BatchFile = { file: string; format: BatchFormat; input: FieldSchema }

/** The rows of a file in order, in pieces. Throws `JobFailed` where it cannot be read (on). */
export function readRows({ file, format, input }: BatchFile): Rows {
  switch (format) {
    case 'csv':
      return csvRows(file, input)
    case 'ndjson':
      return ndjsonRows(file)
    case 'json':
      return jsonRows(file)
    case 'parquet':
      return parquetRows(file)
  }
}

/** Throws `JobFailed` where no row of the file can be read: it is empty, of another kind, or its columns are others. */
export async function checkFirstRows(batch: BatchFile): Promise<void> {
  const rows = readRows(batch)
  const { value } = await rows.next()
  await rows.return()
  if (!value) throw new JobFailed('the file has no rows')
}

/** How many rows a file has. Throws `JobFailed` where they are too many, or none. */
export async function countRows(batch: BatchFile, signal: AbortSignal): Promise<number> {
  let count = 0
  if (batch.format === 'parquet') count = await countParquetRows(batch.file)
  else
    for await (const rows of readRows(batch)) {
      signal.throwIfAborted()
      count += rows.length
      if (count > maxRows) break
    }
  if (count === 0) throw new JobFailed('the file has no rows')
  if (count > maxRows)
    throw new JobFailed(`too many rows: at most ${maxRows} in a batch; cut the file into several`)
  return count
}
