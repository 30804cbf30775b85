import type { DuckDBConnection } from '@duckdb/node-api'
import type { Conversion, ConversionFit } from '../../../lib/datasets/conversion'
import type { OpenedVersion } from '../../../lib/datasets/open-version'
import { literal, readAll } from '../duck'
import { columnOf } from '../explore/source'
import { convertedValue } from './converted-value'

/** Misfits that are shown. */
const examples = 5

/** How the values of a column fit another type. */
export async function measureConversion(
  connection: DuckDBConnection,
  { file, columns }: Pick<OpenedVersion, 'file' | 'columns'>,
  conversion: Conversion,
): Promise<ConversionFit> {
  const { value, text } = convertedValue(columnOf({ columns }, conversion.column), conversion)
  const from = `read_parquet(${literal(file)}, file_row_number = true)`
  const [counted] = await readAll(connection, `SELECT count(${text}), count(${value}) FROM ${from}`)
  const [there = 0, fitting = 0] = counted!.map(Number)
  const found =
    there === fitting
      ? []
      : await readAll(
          connection,
          `SELECT file_row_number, left(${text}, 100) FROM ${from}
           WHERE ${text} IS NOT NULL AND ${value} IS NULL LIMIT ${examples}`,
        )
  return {
    values: there,
    misfits: {
      count: there - fitting,
      examples: found.map(([row, text]) => ({ row: Number(row) + 1, value: String(text) })),
    },
  }
}
