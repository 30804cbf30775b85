import type { Sql } from 'postgres'
import type { LogRow } from './log-row'
import { copyRows, insertRows } from './log-store'

/** Rows wait no longer than this for company, milliseconds. */
const batchMs = 250
/** Written at once when so many wait. */
const batchRows = 2_000
/** What may wait while the database is away; then the oldest are let go, and that is told. */
const maxBytes = 64 * 2 ** 20
const retryMs = 1000

export type PredictionLog = {
  add(row: LogRow): void
  /** Writes what waits, then ends. */
  close(): Promise<void>
}

/** The log of predictions: rows are gathered and copied in with their figures, so that an answer never waits for its row. */
export function createLog(sql: Sql, warn: (message: string, error?: unknown) => void): PredictionLog {
  let waiting: LogRow[] = []
  let bytes = 0
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let closing = false

  function later(ms: number) {
    timer ??= setTimeout(() => {
      timer = undefined
      write()
    }, ms)
  }

  function write(): Promise<void> {
    if (writing) return writing
    clearTimeout(timer)
    timer = undefined
    const rows = waiting
    if (rows.length === 0) return Promise.resolve()
    waiting = []
    bytes = 0
    writing = store(rows).finally(() => {
      writing = undefined
      if (waiting.length > 0) later(waiting.length >= batchRows ? 0 : batchMs)
    })
    return writing
  }

  async function store(rows: LogRow[], put = copyRows) {
    try {
      await put(sql, rows)
    } catch (error) {
      if (isUnreachable(error)) {
        // The oldest go to the front again; what was stored although nobody heard of it is left out next time.
        for (const row of rows) keep(row)
        if (closing) warn(`${waiting.length} log rows of predictions could not be written`, error)
        else await new Promise((done) => setTimeout(done, retryMs).unref())
        return
      }
      if (put === copyRows) await store(rows, insertRows)
      else await storeSingly(rows, error)
    }
  }

  /** One row that the database refuses must not take its neighbours along. */
  async function storeSingly(rows: LogRow[], cause: unknown) {
    if (rows.length > 1) {
      const middle = rows.length >> 1
      await store(rows.slice(0, middle), insertRows)
      return store(rows.slice(middle), insertRows)
    }
    const [row] = rows as [LogRow]
    if (row.input !== null || row.output !== null)
      return store([{ ...row, input: null, output: null, truncated: true }], insertRows)
    warn(`the log row of request ${row.requestId} could not be written`, cause)
  }

  function keep(row: LogRow) {
    waiting.push(row)
    bytes += sizeOf(row)
    while (bytes > maxBytes) {
      const gone = waiting.splice(0, 1000)
      for (const each of gone) bytes -= sizeOf(each)
      lost += gone.length
      warn(`${lost} log rows of predictions were let go: the database does not take them`)
    }
  }

  return {
    add(row) {
      keep(row)
      if (waiting.length >= batchRows) write()
      else later(batchMs)
    },
    async close() {
      closing = true
      while (writing) await writing
      await write()
    },
  }
}

const sizeOf = ({ input, output }: LogRow) => 300 + (input?.length ?? 0) + (output?.length ?? 0)

/** Anything but a verdict on the rows themselves: SQLSTATE classes 22 (data), 23 (integrity), 54 (too complex); 25P02: a refused copy. */
function isUnreachable(error: unknown) {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code !== 'string' || !/^(22...|23...|54...|25P02)$/.test(code)
}
