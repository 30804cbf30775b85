import type { DuckDBConnection } from '@duckdb/node-api'
import { Refused } from '../../../lib/refused'
import { literal, readAll } from '../duck'
import { nativeColumns } from './native'
import type { Staged } from './staged'

/** A Parquet file is read where it lies. */
export async function stageParquet(
  connection: DuckDBConnection,
  file: string,
): Promise<Pick<Staged, 'rows' | 'columns' | 'notices'>> {
  const from = `FROM read_parquet(${literal(file)})`
  try {
    const { columns, notices } = await nativeColumns(connection, from)
    const [count] = await readAll(connection, `SELECT count(*) ${from}`)
    const rows = Number(count![0])
    if (rows === 0) throw new Refused(422, 'no_rows', 'the file has no row')
    return { rows, columns, notices }
  } catch (error) {
    if (error instanceof Refused) throw error
    const message = (error as Error).message.split('\n')[0]!.replace(/["']\/[^"']*["']/g, 'it')
    throw new Refused(422, 'damaged', `the Parquet file is damaged or was cut short: ${message}`)
  }
}
