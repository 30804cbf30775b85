import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'

/** DuckDB of this process. */
export type Duck = {
  /** Gives a connection to `work` alone: two queries of one connection take turns, those of two do not. */
  use<Result>(work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result>
  close(): void
}

/** What it holds in memory before it writes to disk, bytes: a quarter of a gigabyte lets all of the process stay under 400 MB. */
const memoryBytes = Number(process.env.CELLAR_DATA_MEMORY ?? 192 * 2 ** 20)
const kept = 4

/** Opens it. It reads and writes in `folders` only, and reaches no network. `temporary`: where it writes what memory does not hold. */
export async function openDuck({
  folders,
  temporary,
}: {
  folders: string[]
  temporary: string
}): Promise<Duck> {
  await Promise.all([...folders, temporary].map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })))
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.floor(memoryBytes / 2 ** 20)}MiB`,
    threads: String(Math.min(4, availableParallelism())),
    temp_directory: temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const first = await instance.connect()
  await first.run(`SET allowed_directories = [${folders.map((folder) => literal(`${folder}/`)).join(', ')}]`)
  await first.run("SET GLOBAL TimeZone = 'UTC'")
  // A wide file is asked many times for some of its columns.
  await first.run('SET GLOBAL parquet_metadata_cache = true')
  await first.run('SET enable_external_access = false')
  await first.run('SET lock_configuration = true')
  const free = [first]
  return {
    async use(work) {
      const connection = free.pop() ?? (await instance.connect())
      try {
        return await work(connection)
      } finally {
        if (free.length < kept) free.push(connection)
        else connection.closeSync()
      }
    },
    close() {
      for (const connection of free) connection.closeSync()
      instance.closeSync()
    },
  }
}

/** All rows of a small result. */
export async function readAll(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows()
}

/** As a name in SQL. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** As a text in SQL. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
