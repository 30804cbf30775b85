import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { cellarHome, findRoot } from '../lib/config'
import { freePort } from '../lib/stack/ports'

export type CellarOptions = {
  /** Its data; `$CELLAR_HOME` unless given. */
  home?: string
  /** Added to the environment. */
  env?: Record<string, string>
  /** The Node that runs it, in place of this one. */
  node?: string
  /** Gets each line of its log. */
  say?: (line: string) => void
}

/** All of Cellar, the production build, as `npm start` runs it, on a free port. */
export async function startCellar({ home = cellarHome(), env, node, say }: CellarOptions = {}) {
  const root = findRoot()
  const child = spawn(node ?? process.execPath, [path.join(root, 'bin/cellar'), 'start'], {
    cwd: root,
    env: {
      ...process.env,
      CELLAR_HOME: home,
      PORT: String(await freePort()),
      NODE_ENV: 'production',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      log.push(line)
      say?.(line)
      const ready = /Cellar is ready: ([^\s,]+)/.exec(line)
      if (ready) resolve(ready[1]!)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) =>
      reject(new Error(`cellar start ended with code ${code}:\n${log.slice(-40).join('\n')}`)),
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
    },
  }
}
