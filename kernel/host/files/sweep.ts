import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackagesInUse } from '../../../lib/protocol/hosts'
import { isUuid } from '../../../lib/uuid'

/** What was changed in this time stays: web may have been told of the notebook by somebody else a moment ago. */
const restMs = 86_400_000
/** In the name of a folder that is being deleted: half of one must not be found. */
const aside = '.deleting-'

/**
 * Deletes the working folders of notebooks that were erased. `used` says which are there still, those in the trash among them;
 * what it cannot say rejects, and nothing is deleted. Resolves to the notebooks whose files went.
 */
export async function sweepWorkFolders(
  folder: string,
  used: (asked: PackagesInUse) => Promise<PackagesInUse>,
  now = Date.now(),
): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  for (const left of names.filter((name) => name.startsWith(aside)))
    await rm(join(folder, left), { recursive: true, force: true })
  const ages = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)))
  const rested = names.filter(
    (name, i) => isUuid(name) && ages[i]?.isDirectory() && ages[i].mtimeMs < now - restMs,
  )
  if (rested.length === 0) return []
  const { notebooks } = await used({ environments: [], notebooks: rested })
  const gone = rested.filter((id) => !notebooks.includes(id))
  for (const id of gone) {
    await rename(join(folder, id), join(folder, `${aside}${id}`))
    await rm(join(folder, `${aside}${id}`), { recursive: true, force: true })
  }
  return gone
}
