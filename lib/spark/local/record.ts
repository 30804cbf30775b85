import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { newSecret } from '../../config'
import { freePort, isFree } from '../../stack/ports'
import { livesStill } from '../../stack/processes'

const mark = z.object({ pid: z.number(), ticks: z.number().optional() })

/** What was asked for, kept over restarts. */
const settings = z.object({ wanted: z.boolean(), token: z.string().min(32), port: z.number().int() })
export type SparkSettings = z.infer<typeof settings>

/** How the local Spark stands, as its keeper says. */
const state = z.object({
  keeper: mark,
  state: z.enum(['installing', 'starting', 'ready', 'failed']),
  /** Why it failed, or what it does now. */
  detail: z.string().optional(),
  since: z.number(),
  version: z.string().optional(),
  applicationId: z.string().optional(),
})
export type SparkState = z.infer<typeof state>

/** Where the local Spark keeps what is its own. */
export const sparkFolder = (home: string) => path.join(home, 'spark')
const file = (home: string, name: string) => path.join(sparkFolder(home), `${name}.json`)

function read<Value>(home: string, name: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file(home, name), 'utf8')))
  } catch {
    return undefined
  }
}

function write(home: string, name: string, value: unknown) {
  mkdirSync(sparkFolder(home), { recursive: true, mode: 0o700 })
  const temporary = `${file(home, name)}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, file(home, name))
}

export const readSettings = (home: string) => read(home, 'settings', settings)

/** Remembers whether Cellar runs a Spark of its own; token and port are made once, so that a restarted one is found again. */
export async function writeSettings(home: string, wanted: boolean): Promise<SparkSettings> {
  const before = readSettings(home)
  const keeps = before && (liveSpark(home) || (await isFree(before.port)))
  const after = { wanted, token: before?.token ?? newSecret(), port: keeps ? before.port : await freePort() }
  write(home, 'settings', after)
  return after
}

export const writeState = (home: string, value: SparkState) => write(home, 'state', value)
export const removeState = (home: string) => rmSync(file(home, 'state'), { force: true })
export const readState = (home: string) => read(home, 'state', state)

/** The state of a Spark whose keeper lives. */
export function liveSpark(home: string): SparkState | undefined {
  const found = readState(home)
  return found && livesStill(found.keeper) ? found : undefined
}
