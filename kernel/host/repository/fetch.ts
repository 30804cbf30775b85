import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { simpleGit } from 'simple-git'
import type { PulledCommit, PullOrder } from '../../../lib/protocol/repository'
import { checkAddress, type RepositoryPolicy } from './address'

export type FetchLimits = { bytes: number; ms: number }
const defaults: FetchLimits = { bytes: 500 * 2 ** 20, ms: 120_000 }

/** Where a fetched branch stands in the new repository. */
const fetched = 'refs/cellar/pull'

/**
 * Checks a commit out into an empty folder. Git runs with settings of ours alone: no hooks, no credentials, no
 * submodules, one protocol, links as plain files. Rejects with what git said, by its first line.
 */
export async function fetchRepository(
  { address, branch, commit }: Pick<PullOrder, 'address' | 'branch' | 'commit'>,
  folder: string,
  policy: RepositoryPolicy,
  { bytes, ms }: FetchLimits = defaults,
): Promise<PulledCommit> {
  const { url, protocol, config } = await checkAddress(address, policy)
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(`git took longer than ${ms / 1000} s`), ms)
  const tooLarge = `the repository is larger than ${(bytes / 2 ** 20).toFixed()} MiB`
  const watch = watchSize(folder, bytes, () => stop.abort(tooLarge))
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  }
  const git = simpleGit({
    baseDir: folder,
    config: ['core.hooksPath=/dev/null', 'core.symlinks=false', 'core.longpaths=true', ...config],
    abort: stop.signal,
    // All of these are ours: a person gives an address, which was checked, and a name of a branch, never an option.
    unsafe: { allowUnsafeHooksPath: true, allowUnsafeConfigPaths: true },
    allowEnvironment: Object.keys(environment),
  }).env(environment)
  const reference = `+refs/heads/${branch}:${fetched}`
  const fetch = (...options: string[]) =>
    git.raw(['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...options, '--', url, reference])
  try {
    await git.raw(['init', '--quiet'])
    // A commit further back needs its branch's history; a server of plain files gives nothing else.
    if (commit) await fetch()
    else
      await fetch('--depth=1').catch((error: Error) => {
        if (!/dumb http transport/.test(error.message)) throw error
        return fetch()
      })
    if (commit) await isOn(git, commit, branch)
    await git.raw(['checkout', '--quiet', '--detach', '--force', commit ?? fetched])
    // One that was there before it was looked at.
    if ((await sizeOf(folder)) > bytes) throw new Error(tooLarge)
    const line = await git.raw(['log', '-1', '--format=%H%x00%an%x00%cI%x00%s'])
    const [hash = '', author = '', at = '', message = ''] = line.trim().split('\0')
    return { hash, author, at, message }
  } catch (cause) {
    if (stop.signal.aborted) throw new Error(`${stop.signal.reason}: ${address}`, { cause })
    throw new Error(`${firstLine(cause)}: ${address}`, { cause })
  } finally {
    clearTimeout(late)
    watch.end()
  }
}

async function isOn(git: { raw(args: string[]): Promise<string> }, commit: string, branch: string) {
  await git.raw(['merge-base', '--is-ancestor', commit, fetched]).catch((cause) => {
    throw new Error(`the commit is not on the branch ${branch}, ${commit}`, { cause })
  })
}

/** git's own `fatal: …`, without the word and without paths of this machine. */
function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const fatal = /^(?:fatal|error): (.*)$/m.exec(text)?.[1] ?? text.split('\n')[0]!
  if (/couldn't find remote ref/.test(fatal))
    return `the repository has no branch of this name, ${fatal.split('/').at(-1)}`
  return fatal.replace(/^unable to access '[^']*': /, '').slice(0, 500)
}

function watchSize(folder: string, limit: number, exceeded: () => void) {
  let ended = false
  const look = async () => {
    if (ended) return
    if ((await sizeOf(folder)) > limit) return exceeded()
    timer = setTimeout(look, 500)
  }
  let timer = setTimeout(look, 500)
  return {
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
