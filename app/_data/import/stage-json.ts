import { readFile, stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Refused } from '../../../lib/refused'
import { literal, quoted, readAll } from '../duck'
import { parquetOptions } from '../parquet-options'
import { nativeColumns } from './native'
import type { Staged } from './staged'

/** Reads a JSON array of records, or a record per line, into columns with the types that JSON gives them. */
export async function stageJson(
  connection: DuckDBConnection,
  file: string,
  target: string,
): Promise<Pick<Staged, 'rows' | 'columns' | 'notices'>> {
  try {
    const from = `FROM read_json(${literal(file)}, sample_size = -1, maximum_depth = 3, records = true)`
    const { columns, notices } = await nativeColumns(connection, from)
    await connection.run(
      `COPY (SELECT ${columns.map(({ source }, i) => `${source} AS c${i}`).join(', ')} ${from})
       TO ${literal(target)} ${parquetOptions(columns.length)}`,
    )
    const [count] = await readAll(connection, `SELECT count(*) FROM read_parquet(${literal(target)})`)
    const rows = Number(count![0])
    if (rows === 0) throw new Refused(422, 'no_rows', 'the file has no record')
    return {
      rows,
      notices,
      columns: columns.map((column, i) => ({ ...column, source: quoted(`c${i}`) })),
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    const message = (error as Error).message
      .replace(/^[\w ]+ Error: /, '')
      .replace(/ in file "[^"]*"/g, '')
      .split('\n')[0]!
    if (/expected records, but got non-record/.test(message) && (await isEmptyArray(file)))
      throw new Refused(422, 'no_rows', 'the file has no record')
    throw new Refused(
      422,
      'bad_json',
      `the file is not JSON records, in an array or one per line: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    )
  }
}

async function isEmptyArray(file: string) {
  const { size } = await stat(file)
  return size < 1000 && /^\s*\[\s*\]\s*$/.test(await readFile(file, 'utf8'))
}
