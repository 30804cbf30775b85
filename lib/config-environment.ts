import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Config, newSecret } from './config'

/** Cellar's own processes, as a container runs one of them. */
export const processNames = ['web', 'host', 'worker', 'jobs', 'data', 'trainer'] as const
export type ProcessName = (typeof processNames)[number]

const secrets = {
  databaseUrl: 'DATABASE_URL',
  redisUrl: 'REDIS_URL',
  authSecret: 'CELLAR_AUTH_SECRET',
  secretsKey: 'CELLAR_SECRETS_KEY',
  machineToken: 'CELLAR_MACHINE_TOKEN',
} as const
type SecretName = keyof typeof secrets

/** What each process is told: a host runs people's code, and knows neither database nor queue. */
const needed: Record<ProcessName, readonly SecretName[]> = {
  web: ['databaseUrl', 'redisUrl', 'authSecret', 'secretsKey', 'machineToken'],
  host: ['machineToken'],
  worker: ['redisUrl'],
  jobs: ['databaseUrl', 'redisUrl', 'secretsKey'],
  data: ['databaseUrl', 'redisUrl'],
  trainer: ['databaseUrl', 'redisUrl'],
}

/** Fewest characters, where guessing it would open something. */
const shortest: Partial<Record<SecretName, number>> = { authSecret: 32, secretsKey: 43, machineToken: 32 }

/**
 * The configuration of one process from its environment, instead of the file that `cellar start` writes. A secret is read
 * from the file that `<NAME>_FILE` names, as containers are given them, or from `<NAME>` itself. Throws with all that is
 * missing or unfit, by name and never with a value.
 */
export function environmentConfig(
  name: ProcessName,
  env: Record<string, string | undefined>,
  { root, home }: { root: string; home: string },
): Omit<Config, 'tensorflow'> {
  const problems: string[] = []
  const secret = (key: SecretName): string => {
    // Nothing that others accept could be opened with it.
    if (!needed[name].includes(key)) return key.endsWith('Url') ? '' : newSecret()
    const variable = secrets[key]
    const value = readSecret(variable, env)
    if (value === undefined)
      problems.push(`${variable}_FILE (a file that holds it) or ${variable} is missing`)
    else if (value.length < (shortest[key] ?? 1))
      problems.push(`${variable} needs ${shortest[key]} characters or more, and has ${value.length}`)
    return value ?? ''
  }
  const port = Number(env.PORT ?? 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    problems.push(`PORT is not a port number from 1 to 65535: ${env.PORT}`)
  const origin = env.CELLAR_ORIGIN ?? ''
  if ((name === 'web' || name === 'host') && !/^https?:\/\/[^/]+$/.test(origin))
    problems.push(
      name === 'web'
        ? 'CELLAR_ORIGIN is missing: the address at which people reach Cellar, as https://cellar.example.org'
        : 'CELLAR_ORIGIN is missing: the address at which this host reaches web, as http://web:3000',
    )
  const config = {
    root,
    home,
    host: env.HOST ?? '0.0.0.0',
    port,
    origin: origin || `http://127.0.0.1:${port}`,
    databaseUrl: secret('databaseUrl'),
    redisUrl: secret('redisUrl'),
    authSecret: secret('authSecret'),
    secretsKey: secret('secretsKey'),
    machineToken: secret('machineToken'),
    artifactsDir: env.CELLAR_ARTIFACTS ?? path.join(home, 'artifacts'),
    spoolDir: path.join(home, 'spool'),
    workDir: path.join(home, 'work'),
  }
  if (problems.length > 0) throw new Error(`cellar ${name} cannot start:\n  ${problems.join('\n  ')}`)
  return config
}

function readSecret(variable: string, env: Record<string, string | undefined>): string | undefined {
  const file = env[`${variable}_FILE`]
  if (file === undefined) return env[variable]?.trim() || undefined
  if (!existsSync(file)) throw new Error(`there is no file that ${variable}_FILE names: ${file}`)
  return readFileSync(file, 'utf8').trim() || undefined
}
