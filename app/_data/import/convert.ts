import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { literal, quoted } from '../duck'
import { parquetOptions } from '../parquet-options'
import { parts } from '../parts'
import { type ColumnValue, textAt, textsOf } from './column-values'

/** Columns that are converted at once: planning the expressions of a thousand takes minutes, and a gigabyte. */
const atOnce = 25

type Converted = ColumnValue & { name: string }

/** A query for the columns of a staged file as their types, with `file_row_number`. `work`: where parts of a wide one go. */
export async function convert(
  connection: DuckDBConnection,
  file: string,
  columns: Converted[],
  work: string,
): Promise<string> {
  const from = `read_parquet(${literal(file)}, file_row_number = true)`
  if (columns.length <= atOnce) return `SELECT file_row_number, ${select(columns, from)}`
  const files: string[] = []
  for (const [i, some] of parts(columns, atOnce).entries()) {
    const part = path.join(work, `part-${i}.parquet`)
    await connection.run(
      `COPY (SELECT ${select(some, from)}) TO ${literal(part)} ${parquetOptions(some.length)}`,
    )
    files.push(part)
  }
  const [first, ...others] = files.map(
    (part, i) => `read_parquet(${literal(part)}${i === 0 ? ', file_row_number = true' : ''}) AS part_${i}`,
  )
  return `SELECT * FROM ${[first, ...others].join(' POSITIONAL JOIN ')}`
}

const select = (columns: Converted[], from: string) =>
  `${columns.map(({ name, read }, i) => `${read(textAt(i))} AS ${quoted(name)}`).join(', ')}
   FROM ${textsOf(columns, from, 'file_row_number')}`
