import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { end, livesStill, markOf, type ProcessMark } from './processes'

/** `.cellar/run.json`: who runs this checkout, so that a second start says so and one after a `kill -9` cleans up. */
export type RunRecord = { supervisor: ProcessMark; origin: string; children: Record<string, ProcessMark> }

const file = (home: string) => path.join(home, 'run.json')

export function readRunRecord(home: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file(home), 'utf8')) as RunRecord
  } catch {
    return undefined
  }
}

export function writeRunRecord(home: string, record: RunRecord) {
  const temporary = `${file(home)}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 })
  renameSync(temporary, file(home))
}

export const removeRunRecord = (home: string) => rmSync(file(home), { force: true })

/** The run that lives in this home, if one does. */
export function liveRun(home: string): RunRecord | undefined {
  const record = readRunRecord(home)
  return record && livesStill(record.supervisor) ? record : undefined
}

/** Ends what a killed start left running, but for PostgreSQL and Redis, which are adopted. */
export async function endLeftovers(home: string) {
  const record = readRunRecord(home)
  if (!record || livesStill(record.supervisor)) return
  await Promise.all(Object.values(record.children).map((mark) => end(mark)))
  removeRunRecord(home)
}

export const newRunRecord = (origin: string): RunRecord => ({
  supervisor: markOf(process.pid),
  origin,
  children: {},
})
