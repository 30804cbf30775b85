import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { cacheDir } from '../../lib/stack/cache'

/** A program that is measured beside us in the same run: it answers each line with one. */
export type PeerProcess = { ask(line?: string): Promise<string>; close(): void }

/** Resolves when the program has answered a first line, so that its start and its warming up are over. */
export function startPeer(command: string, args: string[]): PeerProcess {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  })
  let complaint = ''
  child.stderr.on('data', (text) => {
    complaint = (complaint + text).slice(-500)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`${path.basename(command)} ended with ${code}: ${complaint}`)
  })
  ended.catch(() => {})
  return {
    async ask(line = '') {
      child.stdin.write(`${line}\n`)
      const answer = await Promise.race([lines.next(), ended])
      if (answer.done) return ended
      return answer.value
    },
    close: () => child.kill(),
  }
}

/** A Python with this package, of those that the tests have made in the per-user cache. */
export function pythonWith(packageName: string): string | undefined {
  const cache = cacheDir()
  if (!existsSync(cache)) return undefined
  for (const folder of readdirSync(cache).filter((name) => name.startsWith('compat-'))) {
    const lib = path.join(cache, folder, 'lib')
    const has = (version: string) => existsSync(path.join(lib, version, 'site-packages', packageName))
    if (existsSync(lib) && readdirSync(lib).some(has)) return path.join(cache, folder, 'bin/python')
  }
  return undefined
}
