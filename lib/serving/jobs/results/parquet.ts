import { setImmediate } from 'node:timers/promises'
import type { ColumnSource } from 'hyparquet-writer'
import type { ResultColumn } from './columns'
import type { ResultRow } from './result-rows'
import { cellText } from './text'

/** Rows of a row group: they are encoded in one go, and others wait for the processor meanwhile. */
const groupRows = 4096

/** A result as Parquet, compressed with Snappy, a row group at a time. */
export async function* resultParquet(
  columns: ResultColumn[],
  pieces: AsyncIterable<ResultRow[]>,
): AsyncGenerator<Uint8Array> {
  // Loaded when first needed: most results are read as text.
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const source = ({ name, type }: ResultColumn, data: unknown[]): ColumnSource => ({
    name,
    data: data as ColumnSource['data'],
    type,
    nullable: true,
  })
  const bytes = new ByteWriter()
  const schema = schemaFromColumnData({ columnData: columns.map((column) => source(column, [])) })
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'Cellar' })
  /** The bytes since the last time; offsets in the file go on counting. */
  const take = () => {
    const taken = bytes.getBytes().slice()
    bytes.index = 0
    return taken
  }
  let group: unknown[][] = []
  const write = async () => {
    const columnData = columns.map((column, i) =>
      source(
        column,
        group.map((cells) => cells[i]),
      ),
    )
    group = []
    await writer.write({ columnData, rowGroupSize: groupRows })
    return take()
  }
  for await (const rows of pieces) {
    for (const row of rows) group.push(cellsOf(columns, row))
    if (group.length < groupRows) continue
    yield await write()
    await setImmediate()
  }
  if (group.length > 0) yield await write()
  await writer.finish()
  yield take()
}

/** A value that its column cannot hold stands in the last one, the error's: a model may answer with what it never did before. */
function cellsOf(columns: ResultColumn[], row: ResultRow): unknown[] {
  const misfits: string[] = []
  const cells = columns.map(({ name, type, of }) => {
    const value = of(row)
    if (value === null || value === undefined) return null
    if (type === 'STRING') return cellText(value)
    if (typeof value === (type === 'BOOLEAN' ? 'boolean' : 'number')) return value
    misfits.push(
      `${name} is no ${type === 'BOOLEAN' ? 'boolean' : 'number'}: ${cellText(value).slice(0, 200)}`,
    )
    return null
  })
  if (misfits.length > 0) cells[cells.length - 1] ??= misfits.join('; ')
  return cells
}
