import type { Sql } from 'postgres'
import { NotOurs } from '../../leases/not-ours'
import type { RowFailure } from '../../protocol/prediction-jobs'
import type { RecordSchema } from '../../protocol/schema'
import { compileValidator, describeProblem } from '../../protocol/schema-validate'
import type { Dispatcher } from '../dispatch'
import { storable } from '../log-row'
import { ask } from './ask'
import { inputFile, resultFile } from './batch-folder'
import type { ClaimedJob } from './claim'
import { endJob } from './end'
import { JobFailed } from './job-failed'
import { openResult } from './result-writer'
import type { BatchFile } from './rows/read-rows'
import { countRows, readRows } from './rows/read-rows'
import type { Row } from './rows/row'
import { unlessAborted } from './unless-aborted'

type Tools = { sql: Sql; dispatcher: Dispatcher; runner: string; folder: string }
/** What came of one row. */
type Result = { prediction: unknown } | { failure: Omit<RowFailure, 'row'> }

/** Rows that are asked for together: what is in memory is a few of these. */
const groupRows = 256
const groupBytes = 2 ** 20
const groupsAhead = 8
/** How often the work so far is made sure of, milliseconds. */
const keepMs = 500
const maxFailures = 50

/**
 * Runs a batch, from where it is known to be done. Each row is checked and asked for alone; the dispatcher gathers them
 * into the model's calls. Results are written in the order of the input, then what is done is committed: what a killed
 * process had not committed is asked for again.
 */
export async function runBatch(
  { sql, dispatcher, runner, folder }: Tools,
  job: ClaimedJob,
  signal: AbortSignal,
) {
  const { input } = await schemaOf(sql, job.versionId)
  const batch: BatchFile = { file: inputFile(folder, job.id), format: job.format!, input }
  const total = job.rowsTotal ?? (await countRows(batch, signal))
  const validate = compileValidator(input)
  const result = await openResult(resultFile(folder, job.id), job.resultBytes)
  const state = { done: job.rowsDone, failed: job.rowsFailed, failures: [...job.failures] }
  const groups: Promise<Result[]>[] = []

  async function predictRow(row: Row, number: number): Promise<Result> {
    if ('problem' in row) return { failure: { code: 'bad_row', message: row.problem } }
    const found = validate(row.record)
    if (found)
      return {
        failure: {
          code: 'bad_record',
          message: describeProblem(found),
          ...(found.path && { field: found.path }),
        },
      }
    const request = { requestId: `${job.id.slice(-12)}.${number}`, records: [row.record], bytes: row.bytes }
    const { reply } = await ask(dispatcher, job, request, signal)
    return 'predictions' in reply ? { prediction: reply.predictions[0] } : { failure: reply.error }
  }

  async function takeFirst() {
    const results = await unlessAborted(groups.shift()!, signal)
    let text = ''
    for (const each of results) {
      const row = ++state.done
      if ('prediction' in each) text += `${JSON.stringify({ row, prediction: each.prediction })}\n`
      else {
        state.failed++
        text += `${JSON.stringify({ row, error: each.failure })}\n`
        if (state.failures.length < maxFailures) state.failures.push({ row, ...each.failure })
      }
    }
    await result.add(text)
  }

  let keptAt = performance.now()
  async function keep() {
    keptAt = performance.now()
    const bytes = await result.keep()
    const [kept] = await sql`
      update prediction_jobs set rows_total = ${total}, rows_done = ${state.done}, rows_failed = ${state.failed},
        failures = ${storable(JSON.stringify(state.failures))}::text::jsonb, result_bytes = ${bytes}
      where id = ${job.id} and runner = ${runner} and state = 'running'
      returning id`
    // Cancelled, or another's by now.
    if (!kept) throw new NotOurs()
  }

  try {
    await keep()
    for await (const group of inGroups(readRows(batch), job.rowsDone)) {
      signal.throwIfAborted()
      const results = Promise.all(group.rows.map((row, i) => predictRow(row, group.first + i)))
      // Whoever takes it hears of it; one that is never taken is nobody's.
      results.catch(() => {})
      groups.push(results)
      if (groups.length >= groupsAhead) await takeFirst()
      if (performance.now() - keptAt > keepMs) await keep()
    }
    while (groups.length > 0) await takeFirst()
    await keep()
  } catch (error) {
    // What was done before a file broke off is kept.
    if (error instanceof JobFailed) {
      while (groups.length > 0) await takeFirst()
      await keep()
    }
    throw error
  } finally {
    await result.close()
  }
  await endJob(sql, job.id, { state: 'done' }, runner)
}

async function schemaOf(sql: Sql, versionId: string): Promise<RecordSchema> {
  const [version] = await sql<
    { schema: RecordSchema }[]
  >`select schema from model_versions where id = ${versionId}`
  if (!version) throw new JobFailed('the version of the model was removed')
  return version.schema
}

/** Rows from number `skip` on, in groups of a bounded size. `first`: the number of a group's first row, from 0. */
async function* inGroups(pieces: AsyncIterable<Row[]>, skip: number) {
  let number = 0
  let rows: Row[] = []
  let bytes = 0
  for await (const piece of pieces) {
    for (const row of piece) {
      if (number++ < skip) continue
      rows.push(row)
      bytes += row.bytes
      if (rows.length < groupRows && bytes < groupBytes) continue
      yield { rows, first: number - rows.length }
      rows = []
      bytes = 0
    }
  }
  if (rows.length > 0) yield { rows, first: number - rows.length }
}
