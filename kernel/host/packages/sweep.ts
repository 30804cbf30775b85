import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackagesInUse } from '../../../lib/protocol/hosts'

const dayMs = 86_400_000
/** What was used in this time stays: it may be in no revision yet, or be wanted again by an undo. */
const restMs = 7 * dayMs
/** A run without a page deletes its folder itself, unless it is killed. */
const runMs = 30 * dayMs

/**
 * Deletes installed environments that no notebook and no revision has any more, and what kernels of deleted notebooks
 * were shown. `used` says which are; what it cannot say rejects, and nothing is deleted. Resolves to what went.
 */
export async function sweepPackages(
  folder: string,
  used: (asked: PackagesInUse) => Promise<PackagesInUse>,
  now = Date.now(),
): Promise<PackagesInUse> {
  const installed = join(folder, 'installed')
  const notebooks = join(folder, 'notebooks')
  const isRun = (name: string) => name.startsWith('run-')
  const [unused, rested] = [
    await untouched(installed, now - restMs),
    await untouched(notebooks, now - restMs),
  ]
  const asked = {
    environments: [...new Set(unused.map(keyOf))],
    notebooks: rested.filter((name) => !isRun(name)),
  }
  const isAsked = asked.environments.length > 0 || asked.notebooks.length > 0
  const kept = isAsked ? await used(asked) : asked
  const environments = unused.filter((name) => !kept.environments.includes(keyOf(name)))
  const runs = (await untouched(notebooks, now - runMs)).filter(isRun)
  const gone = [...asked.notebooks.filter((id) => !kept.notebooks.includes(id)), ...runs]
  for (const name of environments) await remove(folder, join(installed, name))
  for (const name of gone) await remove(folder, join(notebooks, name))
  return { environments, notebooks: gone }
}

/** A folder's name begins with the key of its environment: see `installedName`. */
const keyOf = (name: string) => name.split('-')[0]!

/** Folders that nobody has used since then. */
async function untouched(folder: string, since: number): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const ages = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)))
  return names.filter((_, i) => ages[i]?.isDirectory() && ages[i].mtimeMs < since)
}

/** Out of the way in one step: half an environment must not be found. What a kill leaves is a leftover of `making-`. */
async function remove(folder: string, path: string) {
  const aside = join(folder, `making-${randomUUID()}`)
  await rename(path, aside)
  await rm(aside, { recursive: true, force: true })
}
