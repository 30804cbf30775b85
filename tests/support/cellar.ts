import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../../lib/stack/ports'
import { root } from './paths'

export type Started = Awaited<ReturnType<typeof startCellar>>

/**
 * All of Cellar as `npm start` runs it, on a free port, in a temporary folder or in the `home` of an earlier start.
 * `env` is added to the environment; `node` is the Node that runs it, in place of this one.
 */
export async function startCellar(
  options: { home?: string; env?: Record<string, string>; node?: string } = {},
) {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), 'cellar-test-home-')))
  const port = await freePort()
  const child = spawn(options.node ?? process.execPath, [path.join(root, 'bin/cellar'), 'start'], {
    cwd: root,
    env: { ...process.env, CELLAR_HOME: home, PORT: String(port), NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      log.push(line)
      const ready = /Cellar is ready: (\S+)/.exec(line)
      if (ready) resolve(ready[1]!)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) =>
      reject(new Error(`cellar start ended with ${code}:\n${log.slice(-40).join('\n')}`)),
    )
  })
  return {
    origin,
    home,
    /** The supervisor. */
    process: child,
    /** Lines that its processes printed. */
    log,
    /** Process ids by name (`web`, `host`, `worker`), from the run record. */
    async pids() {
      const record = JSON.parse(await readFile(path.join(home, 'run.json'), 'utf8')) as {
        children: Record<string, { pid: number }>
      }
      return Object.fromEntries(Object.entries(record.children).map(([name, { pid }]) => [name, pid]))
    },
    /** Ctrl-C, then waits until all have ended. */
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGINT')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}
