import { open } from 'node:fs/promises'
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api'
import {
  bool,
  type DataType,
  dateDay,
  float64,
  int64,
  list,
  TimeUnit,
  tableFromArrays,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette'
import type { ColumnType, DatasetColumn } from '../../lib/protocol/dataset'

/** Values of a record batch: what is in memory at once. */
const batchValues = 1_000_000

/** Text is plain, not a dictionary: those would differ from batch to batch. */
const arrowTypes: Record<ColumnType, () => DataType> = {
  boolean: bool,
  integer: int64,
  number: float64,
  text: utf8,
  date: dateDay,
  datetime: () => timestamp(TimeUnit.MICROSECOND, 'UTC'),
  numbers: () => list(float64()),
}

/** Writes the rows of a query as a stream of Arrow's IPC format, a record batch at a time. */
export async function writeArrow(
  connection: DuckDBConnection,
  select: string,
  columns: DatasetColumn[],
  target: string,
) {
  const names = columns.map(({ name }) => name)
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, arrowTypes[type]()]))
  const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const rowsEach = Math.max(1, Math.floor(batchValues / Math.max(width, 1)))
  const handle = await open(target, 'w', 0o600)
  let gathered: unknown[][] = columns.map(() => [])
  let first = true
  const write = async () => {
    const table = tableFromArrays(
      names.map((name, i): [string, unknown[]] => [name, gathered[i]!]),
      { types, maxBatchRows: rowsEach + chunkRows },
    )
    const stream = tableToIPC(table, { format: 'stream' })!
    await handle.write(first ? beforeEnd(stream) : beforeEnd(stream).subarray(schemaBytes(stream)))
    first = false
    gathered = columns.map(() => [])
  }
  try {
    const result = await connection.stream(select)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (!chunk || chunk.rowCount === 0) break
      for (const [i, values] of chunk.getColumns().entries()) {
        const into = gathered[i]!
        for (const value of values) into.push(plain(value))
      }
      if (gathered[0]!.length >= rowsEach) await write()
    }
    if (first || gathered[0]!.length > 0) await write()
    await handle.write(endOfStream)
  } finally {
    await handle.close()
  }
}

/** Rows of a chunk of DuckDB's. */
const chunkRows = 2048
const dayMs = 86_400_000

/** As flechette takes values: days and moments as milliseconds. */
function plain(value: unknown): unknown {
  if (value instanceof DuckDBDateValue) return value.days * dayMs
  if (value instanceof DuckDBTimestampValue) return Number(value.micros) / 1000
  if (value instanceof DuckDBListValue) return value.items
  return value
}

/** https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format: the schema, record batches, then this. */
const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)

const beforeEnd = (stream: Uint8Array) => stream.subarray(0, stream.length - endOfStream.length)

/** The first message is the schema, which has no body: a mark of four bytes, its length, itself. */
const schemaBytes = (stream: Uint8Array) =>
  8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true)
