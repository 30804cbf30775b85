import { getHeapStatistics } from 'node:v8'
import type { DuckDBConnection } from '@duckdb/node-api'
import type * as bindings from '@duckdb/node-bindings'

/** DuckDB in this process. */
export type Duck = {
  api: typeof import('./duckdb-api')
  bindings: typeof bindings
  /** Runs what people write. */
  queries: DuckDBConnection
  /** Takes tables in, also while a query of the other streams. */
  writes: DuckDBConnection
}

/** Where the tables stand that DuckDB is given: apart from those that people make with CREATE TABLE. */
export const schema = 'notebook_tables'

/** Of the heap's limit, which is three quarters of what the kernel may hold: DuckDB then writes to disk. */
const memoryShare = 0.5

/** Opens it: 70 MB that a kernel without SQL does without. `folders`: where files are looked for, in order. */
export async function openDuck(load: () => Duck['api'], folders: string[]): Promise<Duck> {
  const module = await import('@duckdb/node-bindings')
  const api = load()
  const memory = Math.floor((getHeapStatistics().heap_size_limit * memoryShare) / 2 ** 20)
  const instance = await api.DuckDBInstance.create(':memory:', {
    memory_limit: `${memory}MiB`,
    // Nothing comes from the network that the cell does not ask for.
    autoinstall_known_extensions: 'false',
    file_search_path: folders.map((folder) => folder.replaceAll(',', '\\,')).join(','),
  })
  const [queries, writes] = await Promise.all([instance.connect(), instance.connect()])
  await queries.run('SET errors_as_json = true')
  await writes.run(`CREATE SCHEMA ${schema}`)
  return { api, bindings: module.default ?? module, queries, writes }
}

/** As a name in SQL. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
