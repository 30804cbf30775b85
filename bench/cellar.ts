import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { cellarHome, findRoot } from '../lib/config'
import { freePort } from '../lib/stack/ports'

/** The production build as `npm start` runs it, in `$CELLAR_HOME` and on a free port. `say` gets each line of its log. */
export async function startCellar(say: (line: string) => void) {
  const child = spawn(process.execPath, [path.join(findRoot(), 'bin/cellar'), 'start'], {
    env: { ...process.env, PORT: String(await freePort()), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      log.push(line)
      say(line)
      const ready = /Cellar is ready: (\S+)/.exec(line)
      if (ready) resolve(ready[1]!)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) =>
      reject(new Error(`cellar start ended with code ${code}:\n${log.slice(-20).join('\n')}`)),
    )
  })
  return {
    origin,
    /** Process id of `web`, `host` or `worker`. */
    async pid(name: string) {
      const record = JSON.parse(await readFile(path.join(cellarHome(), 'run.json'), 'utf8')) as {
        children: Record<string, { pid: number }>
      }
      return record.children[name]!.pid
    },
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGINT')
      await ended
    },
  }
}
