import { execFile } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { spawnIsolated } from '../../isolate/spawn'
import { kernelNode } from '../node'
import { PackageError } from './errors'
import { explainFailure } from './npm-error'

export type NpmOptions = {
  /** The project's folder: npm may write there, and in its cache, and nowhere else. */
  folder: string
  /** npm's cache; without one, nothing is fetched and install scripts cannot spoil what others are given. */
  cache?: string
  /** A line of what happens, for the page. */
  onLine?(line: string): void
  signal?: AbortSignal
}

const memoryBytes = 2 * 2 ** 30
/** Of what npm says, at its end. */
const keptWords = 200_000

/** Runs the machine's npm, isolated as a kernel is. Throws `PackageError`. */
export async function runNpm(args: string[], { folder, cache, onLine, signal }: NpmOptions): Promise<void> {
  signal?.throwIfAborted()
  const cli = npmCli()
  const process = await spawnIsolated({
    script: cli,
    args: [
      ...args,
      '--json',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--loglevel=http',
      '--logs-max=0',
    ],
    node: realpathSync(kernelNode()),
    cwd: folder,
    env: cache ? { npm_config_cache: cache } : { npm_config_offline: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    readOnly: [dirname(dirname(cli))],
    given: cache ? [folder, cache] : [folder],
    network: cache !== undefined,
    memoryBytes,
  })
  let stdout = ''
  let stderr = ''
  process.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout = (stdout + text).slice(-keptWords)
  })
  process.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptWords)
    for (const line of text.split('\n')) {
      const said = fetched(line)
      if (said) onLine?.(said)
    }
  })
  const stop = () => process.kill()
  signal?.addEventListener('abort', stop)
  const { code, reason } = await process.exited
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  const lock = join(folder, 'package-lock.json')
  throw explainFailure(stdout, stderr, reason, existsSync(lock) ? readFileSync(lock, 'utf8') : '')
}

/** `fetched left-pad-1.3.0`, of npm's line about a tarball. */
function fetched(line: string) {
  const file = /^npm http (?:fetch GET 200|cache) \S*\/-\/(\S+?)\.tgz/.exec(line)?.[1]
  return file && `fetched ${decodeURIComponent(file)}`
}

/** The `npm` beside Node, or on PATH. */
function npmCli(): string {
  const beside = join(dirname(realpathSync(process.execPath)), '../lib/node_modules/npm/bin/npm-cli.js')
  const onPath = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'npm'))
  const found = [beside, ...onPath].find((file) => existsSync(file))
  if (!found) throw new PackageError('npm is not installed on the machine that runs this notebook')
  return realpathSync(found)
}

/** Which settings of the machine's npm reach the isolated one: where packages come from, and no credentials. */
const passedOn =
  /^(?:registry|@[^:]+:registry|proxy|https-proxy|noproxy|cafile|strict-ssl|before|min-release-age)$/

let settings: Promise<string> | undefined

/** The machine's npm settings as the text of an `.npmrc`: mirrors are respected. Asked for once. */
export function npmSettings(): Promise<string> {
  settings ??= promisify(execFile)(process.execPath, [npmCli(), 'config', 'list', '--json'], {
    cwd: '/',
  }).then(
    ({ stdout }) =>
      Object.entries(JSON.parse(stdout) as Record<string, unknown>)
        .filter(
          ([key, value]) => passedOn.test(key) && value !== null && value !== '' && typeof value !== 'object',
        )
        .map(([key, value]) => `${key}=${String(value)}\n`)
        .join(''),
    () => '',
  )
  return settings
}
