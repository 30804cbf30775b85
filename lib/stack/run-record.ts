import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

/** Replaces the record of a run that `claimRun` began. */
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

/**
 * Makes this process the one that runs `home`: ends what a killed start left running (but for PostgreSQL and Redis,
 * which are adopted) and writes the record. Answers the other's record instead when one runs already; of two at
 * once, just one gets it.
 */
export async function claimRun(
  home: string,
  origin: string,
): Promise<{ own: RunRecord } | { other: RunRecord }> {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const own: RunRecord = { supervisor: markOf(process.pid), origin, children: {} }
  const temporary = `${file(home)}.${process.pid}`
  for (;;) {
    writeFileSync(temporary, JSON.stringify(own), { mode: 0o600 })
    try {
      // Unlike a rename, a link refuses to replace, and the file is whole from its first moment.
      linkSync(temporary, file(home))
      return { own }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(temporary, { force: true })
    }
    const other = liveRun(home)
    if (other) return { other }
    await Promise.all(Object.values(readRunRecord(home)?.children ?? {}).map((mark) => end(mark)))
    removeRunRecord(home)
  }
}
