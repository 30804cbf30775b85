import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { backend } from './protocol/events'

/**
 * What every process of an installation shares. It stands in one file that only its owner can read, because
 * environment variables and arguments can be read by other processes of the same user.
 */
export const config = z.object({
  /** The checkout. */
  root: z.string(),
  /** `.cellar` in the checkout, or `$CELLAR_HOME`. */
  home: z.string(),
  host: z.string(),
  port: z.number().int(),
  /** As browsers and applications reach it: `http://127.0.0.1:3000`, or the public name of a proxy (`CELLAR_ORIGIN`). */
  origin: z.url(),
  /** As Cellar's own processes reach web, past a proxy in front; as people do unless given. */
  webOrigin: z.url().optional(),
  databaseUrl: z.string(),
  redisUrl: z.string(),
  /** Signs sessions. */
  authSecret: z.string().min(32),
  /** Seals secrets at rest: 256 bits. Missing in what an earlier Cellar wrote, until the next start. */
  secretsKey: z.string().min(43).optional(),
  /** What a Prometheus brings along to read `/metrics`. Missing until the next start, as above. */
  metricsToken: z.string().min(32).optional(),
  /** Signs in this machine's host. */
  machineToken: z.string().min(32),
  artifactsDir: z.string(),
  spoolDir: z.string(),
  /** Working folders of notebooks' kernels. */
  workDir: z.string(),
  tensorflow: backend,
})
export type Config = z.infer<typeof config>

/** The checkout that this code belongs to: the nearest folder above with Cellar's package.json. */
export function findRoot() {
  for (let at = path.dirname(fileURLToPath(import.meta.url)); ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'cellar') return at
    if (at === path.dirname(at)) throw new Error(`no checkout of cellar above ${import.meta.url}`)
  }
}

export const cellarHome = () => path.resolve(process.env.CELLAR_HOME ?? path.join(findRoot(), '.cellar'))
const configFile = (home: string) => path.join(home, 'config.json')

/** Reads the configuration that `cellar start` wrote. */
export function readConfig(home = cellarHome()): Config {
  const file = configFile(home)
  if (!existsSync(file)) throw new Error(`nothing has been set up in ${home}; run: npm start`)
  return config.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** Writes it whole or not at all, for its owner only. */
export function writeConfig(value: Config) {
  mkdirSync(value.home, { recursive: true, mode: 0o700 })
  const temporary = `${configFile(value.home)}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, configFile(value.home))
}

/** 256 random bits as text that is safe in a URL. */
export const newSecret = () => randomBytes(32).toString('base64url')
