import { and, eq, type SQL, sql } from 'drizzle-orm'
import { notebooks, users } from '../../drizzle/schema'
import { runs } from '../../drizzle/schema/experiments'
import type { Database } from '../db'
import type { RunRow } from '../protocol/runs'
import { conditionOf } from './condition'
import { parseFilter } from './filter'

export type RunQuery = {
  workspaceId: string
  notebookId?: string
  /** See `parseFilter`. */
  filter?: string
  /** `started`, `name`, `state`, `param.<name>` or `metric.<name>`; a minus before it turns it around. */
  sort?: string
  /** From 0. */
  page?: number
  size?: number
}

export type RunList = {
  runs: RunRow[]
  /** Of all that the filter leaves. */
  total: number
  /** Names that these runs have, for the columns. */
  params: string[]
  metrics: string[]
}

/** A page of a workspace's runs, the newest first unless asked otherwise. Throws `FilterError`. */
export async function listRuns(db: Database, query: RunQuery): Promise<RunList> {
  const { workspaceId, notebookId, filter = '', sort = '-started', page = 0, size = 50 } = query
  const where = and(
    eq(runs.workspaceId, workspaceId),
    notebookId === undefined ? undefined : eq(runs.notebookId, notebookId),
    conditionOf(parseFilter(filter)),
  )
  const [rows, [counted]] = await Promise.all([
    select(db)
      .where(where)
      .orderBy(orderOf(sort), sql`${runs.startedAt} desc`, runs.id)
      .limit(size)
      .offset(page * size),
    db
      .select({ total: sql<number>`count(*)::int` })
      .from(runs)
      .leftJoin(notebooks, eq(notebooks.id, runs.notebookId))
      .leftJoin(users, eq(users.id, runs.createdBy))
      .where(where),
  ])
  const found = rows.map(toRow)
  return {
    runs: found,
    total: counted?.total ?? 0,
    params: namesOf(found.map(({ params }) => params)),
    metrics: namesOf(found.map(({ metrics }) => metrics)),
  }
}

/** Runs by their ids, of one workspace. */
export async function runsById(db: Database, workspaceId: string, ids: string[]): Promise<RunRow[]> {
  if (ids.length === 0) return []
  const wanted = sql`${runs.id} in ${ids}`
  const rows = await select(db).where(and(eq(runs.workspaceId, workspaceId), wanted))
  return rows.map(toRow)
}

const columns = {
  id: runs.id,
  name: runs.name,
  state: runs.state,
  notebookId: notebooks.id,
  title: notebooks.title,
  cellId: runs.cellId,
  params: runs.params,
  metrics: runs.metrics,
  tags: runs.tags,
  by: users.name,
  startedAt: runs.startedAt,
  endedAt: runs.endedAt,
}

const select = (db: Database) =>
  db
    .select(columns)
    .from(runs)
    .leftJoin(notebooks, eq(notebooks.id, runs.notebookId))
    .leftJoin(users, eq(users.id, runs.createdBy))

type Selected = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const toRow = ({ notebookId, title, ...row }: Selected): RunRow => ({
  ...row,
  notebook: notebookId && title !== null ? { id: notebookId, title } : null,
})

/** Values that are missing come last, either way. */
function orderOf(sort: string): SQL {
  const descending = sort.startsWith('-')
  const key = descending ? sort.slice(1) : sort
  const named = /^(param|metric)\.(.+)$/s.exec(key)
  const direction = sql.raw(`${descending ? 'desc' : 'asc'} nulls last`)
  if (named?.[1] === 'metric') {
    const value = sql`(${runs.metrics}->${named[2]}->>'last')::float8`
    // PostgreSQL takes NaN for the greatest number.
    return sql`nullif(${value}, 'NaN'::float8) ${direction}`
  }
  if (named) {
    const number = sql`case when json_typeof(${runs.params}->${named[2]}) = 'number' then (${runs.params}->>${named[2]})::float8 end`
    return sql`${number} ${direction}, ${runs.params}->>${named[2]} ${direction}`
  }
  const column = { name: sql`${runs.name}`, state: sql`${runs.state}` }[key] ?? sql`${runs.startedAt}`
  return sql`${column} ${direction}`
}

const namesOf = (values: Record<string, unknown>[]) => [...new Set(values.flatMap(Object.keys))]
