import { matrixToArrow } from '../../../lib/spark/matrix-arrow'
import type { SparkSession } from '../../../lib/spark/session'
import { col } from '../../sdk/spark/column'
import { DataFrame } from '../../sdk/spark/data-frame'
import { functions } from '../../sdk/spark/functions'
import type { SparkHost } from '../../sdk/spark/host'
import type { Relation } from '../../sdk/spark/plan'
import type { JobPart, SparkJob } from './job'

/** Up to so many bytes stay in the session's memory, which is quicker; more are written where the cluster keeps tables. */
export const heldBytes = 2 ** 26
const rowsOfPart = 50_000

export type Place = {
  session: SparkSession
  host: SparkHost
  /** The table that rows are written into where they are more than `heldBytes`. It is not there yet. */
  table: string
  heldBytes: number
  /** Ends it between two parts: one that is interrupted would leave files behind. */
  signal: AbortSignal
  /** Hears how many rows Spark has. */
  sent(rows: number): void
}

/** Brings rows to Spark as they come, part after part, as the columns `features` and `label`. */
export async function placeRows(
  { rows, width, target }: Pick<SparkJob, 'rows' | 'width' | 'target'>,
  parts: AsyncIterable<JobPart>,
  place: Place,
): Promise<DataFrame> {
  const isHeld = rows * width * 8 <= place.heldBytes
  let sent = 0
  const streams = async function* () {
    for await (const { values, target: labels } of parts) {
      yield matrixToArrow(values, width, labels)
      sent += values.length / width
      place.sent(sent)
    }
  }
  const relation = isHeld
    ? await place.session.uploadArrow(streams())
    : await writeTable(place, target !== null, streams())
  if (sent !== rows) throw new Error(`rows were lost on their way to spark: expected ${rows}, sent ${sent}`)
  const table = new DataFrame(place.host, relation)
  const vector = functions.call('array_to_vector', 'numbers').as('features')
  const features = target ? table.select(vector, col('label')) : table.select(vector)
  // Each pass over the rows costs a task for each part: few rows are one.
  return isHeld ? features.coalesce(Math.ceil(rows / rowsOfPart)) : features
}

/** Each part is in the plan that writes it: what a session keeps would stay in its memory until it ends. */
async function writeTable(
  { session, table, signal }: Place,
  hasLabel: boolean,
  streams: AsyncGenerator<Uint8Array, void, undefined>,
): Promise<Relation> {
  const columns = ['numbers ARRAY<DOUBLE>', ...(hasLabel ? ['label DOUBLE'] : [])]
  await runSql(session, `CREATE TABLE ${table} (${columns.join(', ')}) USING parquet`)
  // The next part is made while Spark writes this one.
  let coming = streams.next()
  for (;;) {
    const { value: data, done } = await coming
    if (done) break
    signal.throwIfAborted()
    coming = streams.next()
    // Heard of when its turn comes, which it does not where Spark fails before.
    coming.catch(() => {})
    const write_operation = {
      input: { local_relation: { data } },
      mode: 'SAVE_MODE_APPEND',
      // Never makes the table: one that was dropped meanwhile does not come back.
      table: { table_name: table, save_method: 'TABLE_SAVE_METHOD_INSERT_INTO' },
    }
    await session.execute({ command: { write_operation } })
  }
  return { read: { named_table: { unparsed_identifier: table } } }
}

/** Drops tables that may be there, with their files. */
export async function dropTables(session: SparkSession, tables: string[]): Promise<void> {
  for (const table of tables) await runSql(session, `DROP TABLE IF EXISTS ${table} PURGE`)
}

const runSql = (session: SparkSession, query: string) =>
  session.execute({ command: { sql_command: { input: { sql: { query } } } } })
