import type { Sql } from 'postgres'
import { NoSparkError } from '../../../lib/spark/access'
import { connect } from '../../../lib/spark/client'
import { SparkAwayError } from '../../../lib/spark/errors'
import type { SparkRemote } from '../../../lib/spark/remote'
import { createSession, type SparkSession } from '../../../lib/spark/session'
import { dropTables } from './rows'
import { tablesPattern, trainingOf } from './tables'

/**
 * Drops tables of trainings that are over: their trainer was killed, or did not reach Spark at their end. `over`: which of
 * these trainings are ours and over; other installations may use the same Spark. Resolves to the tables' names.
 */
export async function sweepTables(
  session: SparkSession,
  over: (ids: string[]) => Promise<string[]>,
): Promise<string[]> {
  const query = `SHOW TABLES LIKE '${tablesPattern}'`
  const found = await session.execute({ root: { sql: { query } } })
  const names = found.columns.values[found.columns.names.indexOf('tableName')] as
    | ArrayLike<string>
    | undefined
  const tables = Array.from(names ?? []).filter(trainingOf)
  if (tables.length === 0) return []
  const gone = new Set(await over([...new Set(tables.map((table) => trainingOf(table)!))]))
  const left = tables.filter((table) => gone.has(trainingOf(table)!))
  await dropTables(session, left)
  return left
}

/** The same on the Spark of this installation; nothing where there is none now. */
export async function sweepSpark(sql: Sql, remote: () => SparkRemote): Promise<void> {
  let client: ReturnType<typeof connect> | undefined
  try {
    client = connect(remote())
    await sweepTables(createSession(client, { limitBytes: 2 ** 24 }), (ids) => endedTrainings(sql, ids))
    await client.release()
  } catch (error) {
    if (!(error instanceof NoSparkError) && !(error instanceof SparkAwayError)) throw error
  } finally {
    client?.close()
  }
}

async function endedTrainings(sql: Sql, ids: string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from trainings where id = any(${ids}) and state not in ('queued', 'running')`
  return rows.map(({ id }) => id)
}
