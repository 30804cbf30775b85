import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Isolation } from '../../lib/protocol/events'
import { bubblewrapArguments, findBubblewrap } from './bubblewrap'

/** The unprivileged account of every Unix. */
export const nobody = 65534
/** Becomes that account; not by `spawn`'s own `uid`, since a control group is joined as root before. */
export const asNobody = [
  'setpriv',
  `--reuid=${nobody}`,
  `--regid=${nobody}`,
  '--clear-groups',
  '--no-new-privs',
  '--bounding-set=-all',
]

let found: Promise<Isolation> | undefined

/**
 * How far this machine can keep a person's code away, tried out once per process.
 * `CELLAR_ISOLATION=0`, `1` or `2` allows no more than that level, to see what a lesser machine does.
 */
export function isolationLevel(): Promise<Isolation> {
  found ??= probe(Number(process.env.CELLAR_ISOLATION ?? 2))
  return found
}

async function probe(allowed: number): Promise<Isolation> {
  const bwrap = findBubblewrap()
  let reason = 'bubblewrap is not installed'
  if (bwrap && allowed >= 2) {
    const failure = await tryBubblewrap(bwrap)
    if (failure === undefined) {
      const network = networkAllowed() ? 'network shared' : 'no network'
      return { level: 2, detail: `bubblewrap: own processes and files, ${network}` }
    }
    reason = `bubblewrap does not work here (${failure})`
  }
  if (allowed < 2) reason = `CELLAR_ISOLATION is ${allowed}`
  if (process.getuid?.() === 0 && allowed >= 1) {
    // As root, another user's kernel cannot read what only root may; the code must be readable to it.
    const here = dirname(fileURLToPath(import.meta.url))
    const failure = await attempt(asNobody[0]!, [...asNobody.slice(1), '/bin/ls', here])
    if (failure === undefined) return { level: 1, detail: `another user with limits: ${reason}` }
    reason += `; no other user can be used (${failure})`
  }
  return { level: 0, detail: `not isolated: ${reason}` }
}

export const networkAllowed = () => process.env.CELLAR_KERNEL_NETWORK !== 'off'

function tryBubblewrap(bwrap: string) {
  const network = networkAllowed()
  const view = { cwd: '/', readOnly: [], readWrite: [], hidden: [], network, temporaryBytes: 2 ** 20 }
  return attempt(bwrap, [...bubblewrapArguments(view), '/bin/sh', '-c', 'test -d /proc/self'], {
    env: {} as NodeJS.ProcessEnv,
  })
}

/** Runs a command; undefined when it succeeds, else its last words. */
function attempt(command: string, args: string[], options: { env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<string | undefined>((done) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], timeout: 5000 })
    let words = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-300)
    })
    child.on('error', (error) => done(error.message))
    child.on('close', (code) => done(code === 0 ? undefined : words.trim() || `exit code ${code}`))
  })
}
