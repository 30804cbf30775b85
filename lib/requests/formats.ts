import { csvFormatRow } from 'd3-dsv'
import type { Column, ColumnType, ExportRow } from './rows'

type Rows = AsyncIterable<ExportRow[]>
export type Format = {
  /** Ending of the file. */
  ending: string
  type: string
  write(columns: Column[], rows: Rows): AsyncGenerator<Uint8Array>
}

const encoder = new TextEncoder()

async function* writeCsv(columns: Column[], rows: Rows) {
  yield encoder.encode(`${csvFormatRow(columns.map(({ name }) => name))}\n`)
  for await (const page of rows)
    yield encoder.encode(page.map((row) => `${csvFormatRow(row.map(cell))}\n`).join(''))
}

const cell = (value: unknown) =>
  value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value)

async function* writeNdjson(columns: Column[], rows: Rows) {
  for await (const page of rows)
    yield encoder.encode(
      page
        .map((row) => `${JSON.stringify(Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])))}\n`)
        .join(''),
    )
}

const parquetTypes = {
  string: 'STRING',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>
/** Rows of a row group: readers skip by groups, and one of them is in memory. */
const groupRows = 10_000

async function* writeParquet(columns: Column[], rows: Rows) {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const source = (page: ExportRow[]) =>
    columns.map(({ name, type }, i) => ({
      name,
      type: parquetTypes[type],
      nullable: true,
      data: page.map((row) => row[i] ?? null),
    }))
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: source([]) }),
    createdBy: 'Cellar',
  })
  /** The bytes since the last time; offsets in the file go on counting. */
  const take = () => {
    const taken = bytes.getBytes().slice()
    bytes.index = 0
    return taken
  }
  let group: ExportRow[] = []
  for await (const page of rows) {
    group.push(...page)
    if (group.length < groupRows) continue
    await writer.write({ columnData: source(group), rowGroupSize: group.length })
    group = []
    yield take()
  }
  if (group.length > 0) await writer.write({ columnData: source(group), rowGroupSize: group.length })
  await writer.finish()
  yield take()
}

/** The files that rows can be had in. */
export const formats = {
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8', write: writeCsv },
  ndjson: { ending: 'ndjson', type: 'application/x-ndjson', write: writeNdjson },
  parquet: { ending: 'parquet', type: 'application/vnd.apache.parquet', write: writeParquet },
} as const satisfies Record<string, Format>
