import type { ColumnTable } from 'arquero'
import type { SqlColumn, SqlTable } from '../../../lib/notebook/sql/complete'
import { columnTypeOf } from '../../../lib/protocol/column-of-sql'
import type { OpenedDataset } from '../../../lib/protocol/dataset-read'
import type { SqlHost } from '../../sdk/sql'
import { Interrupted } from '../context'
import { tableOfDataset } from '../dataset-table'
import { rememberType } from '../tables/column-types'
import type { ResultColumn } from './column-reader'
import { columnsOfFile, madeTables } from './describe'
import { type Duck, openDuck } from './duckdb'
import { placeError, SqlError } from './errors'
import { createPostgres } from './postgres'
import { createQueries, type Queries } from './query'
import { type MakeTable, resultTable } from './result-table'

export type SqlEngine = SqlHost & {
  /** A version of a data set, as a table. */
  readDataset(opened: OpenedDataset): Promise<ColumnTable>
  /** Stops the query that runs. */
  stop(): void
  /** The tables that people made with CREATE TABLE; none before the first query. */
  madeTables(): Promise<SqlTable[]>
  /** A file's columns as DuckDB reads them. */
  columnsOf(file: string): Promise<SqlColumn[]>
}

export type SqlOptions = {
  loadDuck(): Duck['api']
  /** Where files are looked for, in order. */
  folders: string[]
  variable(name: string): unknown
  /** A data set of the workspace. Rejects with `not_found` where there is none. */
  openDataset(name: string): Promise<OpenedDataset>
  arquero(): Promise<{ table: MakeTable }>
  importPackage(specifier: string): Promise<Record<string, unknown>>
  /** Grows at each Stop. */
  stop: { readonly epoch: number }
}

/** SQL of a notebook; DuckDB begins with the first query. */
export function createSqlEngine(options: SqlOptions): SqlEngine {
  const { loadDuck, folders, variable, openDataset, arquero, importPackage, stop } = options
  let opening: Promise<{ duck: Duck; queries: Queries }> | undefined
  let opened: Duck | undefined
  /** That of the Stops before the running query. */
  let epoch = 0

  const pause = async () => {
    await new Promise(setImmediate)
    if (epoch !== stop.epoch) throw new Interrupted()
  }
  const open = () => {
    opening ??= openDuck(loadDuck, folders)
      .then((duck) => {
        opened = duck
        return { duck, queries: createQueries(duck, { variable, openDataset, pause }) }
      })
      .catch((error) => {
        opening = undefined
        throw error
      })
    return opening
  }
  const toTable = async (names: string[], columns: ResultColumn[], types?: string[], query?: true) =>
    resultTable((await arquero()).table, names, columns, types, query)
  const postgres = createPostgres(importPackage, toTable)

  async function placed<Value>(text: string, work: () => Promise<Value>): Promise<Value> {
    const frame = callerInCell()
    epoch = stop.epoch
    try {
      return await work()
    } catch (error) {
      if (error instanceof SqlError) placeError(error, text, frame)
      throw error
    }
  }

  const run = (text: string, values: readonly unknown[] = [], query?: true) =>
    placed(text, async () => {
      const { queries } = await open()
      return queries.run(text, values, async ({ names, columns, types }) => {
        const table = await toTable(names, columns, types, query)
        for (const [i, name] of names.entries())
          rememberType(table.column(name)!, { type: columnTypeOf(types[i]!) })
        return table
      })
    })

  return {
    query: (strings, values) =>
      run(
        joined(strings, (i) => `$value_${i}`),
        values,
        true,
      ),
    readDataset: (opened) => tableOfDataset(opened, async (text) => (await run(text))!, arquero),
    queryPostgres(address, strings, values) {
      const text = joined(strings, (i) => `$${i}`)
      return placed(text, async () => postgres.query(await address(), text, values))
    },
    stop() {
      opened?.queries.interrupt()
      opened?.writes.interrupt()
      postgres.stop()
    },
    madeTables: async () => (opened ? madeTables(opened) : []),
    columnsOf: async (file) => columnsOfFile((await open()).duck, file),
  }
}

const joined = (strings: readonly string[], placeholder: (i: number) => string) =>
  strings.reduce((text, part, i) => text + placeholder(i) + part)

/** Where in a cell the query stands. */
const callerInCell = () =>
  new Error('place').stack?.split('\n').find((line) => /cell-[0-9a-z]+\.ts:/.test(line))
