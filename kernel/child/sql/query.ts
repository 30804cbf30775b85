import type { DuckDBPreparedStatement } from '@duckdb/node-api'
import { type Statement, statementsOf } from '../../../lib/notebook/sql/statements'
import { tokenize } from '../../../lib/notebook/sql/tokens'
import type { OpenedDataset } from '../../../lib/protocol/dataset-read'
import { Interrupted } from '../context'
import { selectDataset } from '../dataset-table'
import { bindValues } from './bind'
import { isTable } from './columns'
import { type Duck, quoted, schema } from './duckdb'
import { readFailure, SqlError } from './errors'
import { type Result, readResult } from './read-result'
import { createDuckTables, type DuckTables } from './tables'

/** Queries over the notebook's tables. One runs at a time. */
export type Queries = {
  /**
   * Runs the statements of a text, in which `$value_1` is the first value, and resolves to what the last one gives:
   * undefined where it gives no rows. DuckDB knows the table that `toTable` makes: a query over it copies nothing.
   */
  run<Table extends object>(
    text: string,
    values: readonly unknown[],
    toTable: (result: Result) => Promise<Table>,
  ): Promise<Table | undefined>
}

export type QueryOptions = {
  /** A variable of the notebook, by its name as SQL writes it. */
  variable(name: string): unknown
  /** A data set of the workspace. Rejects with `not_found` where there is none. */
  openDataset(name: string): Promise<OpenedDataset>
  /** The event loop turns; throws `Interrupted` after a Stop. */
  pause(): Promise<void>
}

export function createQueries(duck: Duck, { variable, openDataset, pause }: QueryOptions): Queries {
  const tables = createDuckTables(duck, pause)
  const views = createViews(duck, tables, variable, openDataset)
  let last: Promise<unknown> = Promise.resolve()

  async function execute<Table extends object>(
    text: string,
    values: readonly unknown[],
    toTable: (result: Result) => Promise<Table>,
  ) {
    await pause()
    await views.tidy()
    await tables.tidy()
    const statements = statementsOf(await withTables(text, values, tables))
    if (statements.length === 0) throw new SqlError('nothing to run: the query is empty', 0)
    for (const statement of statements.slice(0, -1)) await run(statement, values)
    return run(statements.at(-1)!, values, toTable)
  }

  async function run<Table extends object>(
    statement: Statement,
    values: readonly unknown[],
    toTable?: (result: Result) => Promise<Table>,
  ): Promise<Table | undefined> {
    await pause()
    try {
      const prepared = await prepare(statement.text)
      bindValues(duck, prepared, values)
      const result = await prepared.stream()
      const rows = result.returnType === duck.api.ResultReturnType.QUERY_RESULT
      if (!toTable || !rows) {
        while ((await result.fetchChunk())?.rowCount) await pause()
        return undefined
      }
      const name = tables.freshName()
      const read = await readResult(duck, result, name, pause)
      const table = await toTable(read)
      if (read.kept) tables.adopt(table, name)
      return table
    } catch (error) {
      throw asSqlError(error, statement)
    }
  }

  /** Gives DuckDB the variables that it says it lacks, one by one. */
  async function prepare(text: string): Promise<DuckDBPreparedStatement> {
    const given = new Set<string>()
    for (;;) {
      try {
        return await duck.queries.prepare(text)
      } catch (error) {
        const { missingTable: name } = readFailure(error, text)
        if (name === undefined || given.has(name)) throw error
        given.add(name)
        if (!(await views.give(name))) throw error
      }
    }
  }

  function asSqlError(error: unknown, { text, start }: Statement) {
    if (error instanceof Interrupted) return error
    if (error instanceof SqlError) return new SqlError(error.message, start + (error.position ?? 0))
    const { kind, message, position, missingTable } = readFailure(error, text)
    if (/^interrupt/i.test(kind) || /^INTERRUPT/.test(message)) return new Interrupted()
    const at = position ?? (missingTable === undefined ? 0 : placeOf(missingTable, text))
    const value = missingTable === undefined ? undefined : variable(missingTable)
    const hint = value === undefined ? '' : `\n${missingTable} is a variable, but no table: ${typeof value}`
    return new SqlError(withoutCatalog(message) + hint, start + at)
  }

  return {
    run(text, values, toTable) {
      const next = last.then(() => execute(text, values, toTable))
      last = next.catch(() => {})
      return next
    },
  }
}

/** Placeholders that hold a table become its name; those inside quotes would silently be text. */
async function withTables(text: string, values: readonly unknown[], tables: DuckTables) {
  for (const { kind, text: token, start } of tokenize(text))
    if (kind === 'string' && /\$value_\d/.test(token))
      throw new SqlError(
        'a placeholder inside quotes is text, not its value: remove the quotes around it',
        start,
      )
  let named = text
  for (const [i, value] of values.entries()) {
    if (!isTable(value)) continue
    const name = await tables.nameOf(value)
    named = named.replaceAll(new RegExp(`\\$value_${i + 1}\\b`, 'g'), `${schema}.${name}`)
  }
  return named
}

/** Variables and data sets under their own names. */
function createViews(
  duck: Duck,
  tables: DuckTables,
  variable: QueryOptions['variable'],
  openDataset: QueryOptions['openDataset'],
) {
  const given = new Map<string, object>()

  async function giveDataset(name: string) {
    const opened = await openDataset(name).catch((error: Error) => {
      if (error.name !== 'not_found') throw error
    })
    if (!opened) return false
    await duck.queries.run(`CREATE OR REPLACE TEMP VIEW ${quoted(name)} AS ${selectDataset(opened)}`)
    // As an array it is dropped before the next query, which then reads the newest version.
    given.set(name, [])
    return true
  }

  return {
    /** Drops those whose variable is another value now, or may have changed. */
    async tidy() {
      for (const [name, table] of given) {
        if (!Array.isArray(table) && variable(name) === table) continue
        await duck.queries.run(`DROP VIEW IF EXISTS temp.main.${quoted(name)}`)
        given.delete(name)
      }
    },
    /** False where no variable of this name is a table, and no data set has it. */
    async give(name: string) {
      const table = variable(name)
      if (!isTable(table)) return table === undefined && giveDataset(name)
      const copy = await tables.nameOf(table)
      await duck.queries.run(`CREATE OR REPLACE TEMP VIEW ${quoted(name)} AS FROM ${schema}.${copy}`)
      given.set(name, table)
      return true
    },
  }
}

/** The tables of DuckDB itself are nothing that a person meant. */
const withoutCatalog = (message: string) =>
  message.replace(/\n?Did you mean "(pg_|duckdb_|sqlite_|notebook_tables\.)[^"]*"\??/, '')

/** Where the text names it first. */
function placeOf(name: string, text: string) {
  const found = tokenize(text).find(
    (token) => (token.kind === 'word' || token.kind === 'quoted') && token.text.replaceAll('"', '') === name,
  )
  return found?.start ?? 0
}
