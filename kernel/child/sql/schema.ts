import type { SqlColumn, SqlSchema, SqlTable } from '../../../lib/notebook/sql/complete'
import { offeredFiles, offeredTables } from '../../../lib/protocol/limits'
import type { Scope } from '../scope'
import { tableOf } from '../tables/table-of'
import { isTable } from './columns'
import { dataFiles } from './data-files'
import type { SqlEngine } from './engine'

type Options = {
  scope: Pick<Scope, 'S' | 'owners'>
  engine: Pick<SqlEngine, 'madeTables' | 'columnsOf'>
  /** Where files are looked for, in order. */
  folders: readonly string[]
}

/** What queries can read: the notebook's tables, those made with CREATE TABLE, and files, with the columns of `files`. */
export async function sqlSchema({ scope, engine, folders }: Options, files: string[]): Promise<SqlSchema> {
  const [made, names, ...described] = await Promise.all([
    engine.madeTables(),
    dataFiles(folders, offeredFiles),
    ...files.map((name) => describe(engine, name)),
  ])
  return { tables: [...variables(scope), ...made, ...described.flat()], files: names }
}

/** A file that cannot be read has no columns: the query itself will say why. */
async function describe(engine: Options['engine'], name: string): Promise<SqlTable[]> {
  const columns = await engine.columnsOf(name).catch(() => undefined)
  return columns ? [{ name, columns }] : []
}

function variables({ S, owners }: Options['scope']): SqlTable[] {
  const tables: SqlTable[] = []
  for (const name of [...owners.keys()].reverse()) {
    if (tables.length >= offeredTables) break
    const value = Object.hasOwn(S, name) ? S[name] : undefined
    if (isTable(value)) tables.push({ name, columns: columnsOfTable(value) })
  }
  return tables
}

/** Only the first of many records are looked at. */
function columnsOfTable(table: object): SqlColumn[] {
  const few = Array.isArray(table) ? table.slice(0, 100) : table
  const known = tableOf(few)?.columns.map(({ name, type }) => ({ name, type }))
  if (known || !Array.isArray(few)) return known ?? []
  return Object.keys(few[0] as object).map((name) => ({ name, type: 'JSON' }))
}
