import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'

type UseDuck = <Result>(work: (connection: DuckDBConnection) => Promise<Result>) => Promise<Result>

/** DuckDB of this process. */
export type Duck = {
  /** Gives a connection to `work` alone: two queries of one connection take turns, those of two do not. */
  use: UseDuck
  /**
   * The same for what writes files, on one thread, and may begin anew: where memory ends, as with a table of a thousand
   * columns, it is done again with more of it, one at a time.
   */
  write: UseDuck
  close(): void
}

/** What it holds in memory before it writes to disk, bytes: a quarter of a gigabyte lets all of the process stay under 400 MB. */
const memoryBytes = Number(process.env.CELLAR_DATA_MEMORY ?? 192 * 2 ** 20)
/** The same for what did not fit: a group of rows of a thousand columns. */
const roomyBytes = Math.max(512 * 2 ** 20, memoryBytes)
/** Of one instance, at once; more wait. */
const connections = 16

/** Opens it. It reads and writes in `folders` only, and reaches no network. `temporary`: where it writes what memory does not hold. */
export async function openDuck(places: Places): Promise<Duck> {
  await Promise.all(places.folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })))
  const usual = await openInstance(places, memoryBytes, Math.min(4, availableParallelism()))
  // One thread holds one group of rows, where two hold several, and is as quick: packing them is most of the work.
  const writing = await openInstance(within(places, 'writing'), memoryBytes, 1)
  let roomy: Promise<unknown> = Promise.resolve()
  const write: UseDuck = (work) =>
    writing.use(work).catch((error: Error) => {
      if (!/^Out of Memory Error/.test(error.message)) throw error
      const again = roomy.then(async () => {
        const instance = await openInstance(within(places, 'roomy'), roomyBytes, 1)
        try {
          return await instance.use(work)
        } finally {
          instance.close()
        }
      })
      roomy = again.catch(() => {})
      return again
    })
  return {
    use: usual.use,
    write,
    close() {
      usual.close()
      writing.close()
    },
  }
}

type Places = { folders: string[]; temporary: string }

/** Two of them give their temporary files the same names. */
const within = ({ folders, temporary }: Places, name: string): Places => ({
  folders,
  temporary: path.join(temporary, name),
})

async function openInstance(
  { folders, temporary }: Places,
  bytes: number,
  threads: number,
): Promise<Omit<Duck, 'write'>> {
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.floor(bytes / 2 ** 20)}MiB`,
    threads: String(threads),
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
  const others = await Promise.all(Array.from({ length: connections - 1 }, () => instance.connect()))
  const free = [first, ...others]
  // Joins, and a list behind IN is one, keep chunks of few rows back and give them last: rows would change their places.
  // It is a setting of each connection, and cannot be set any more once all are locked.
  for (const connection of free) await connection.run('SET enable_caching_operators = false')
  await first.run('SET lock_configuration = true')
  const waiting: ((connection: DuckDBConnection) => void)[] = []
  const use: UseDuck = async (work) => {
    const connection = free.pop() ?? (await new Promise<DuckDBConnection>((given) => waiting.push(given)))
    try {
      return await work(connection)
    } finally {
      const next = waiting.shift()
      if (next) next(connection)
      else free.push(connection)
    }
  }
  return {
    use,
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
