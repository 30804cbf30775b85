import { rename, rm } from 'node:fs/promises'
import type { DatasetsClient, Progress } from './client'
import { filesOf, fits, keepManifest, prepareDataFolder, standingOf } from './files'
import type { Pin } from './pins'

export type Pulled = { bytes: number }

/**
 * Brings the data of a pin into a checkout: only what is not there, checked by its hash. What broke off goes on; what
 * came damaged is thrown away. Rejects with why it is not there.
 */
export async function pullPin(
  client: DatasetsClient,
  checkout: string,
  name: string,
  pin: Pin,
  progress: Progress = () => {},
): Promise<Pulled> {
  if ((await standingOf(checkout, name, pin)).standing === 'here') return { bytes: 0 }
  await prepareDataFolder(checkout)
  const version = await client.version(name, pin.version)
  const files = filesOf(checkout, name, pin.version)
  const { base, changes } = await keepManifest(files.manifest, version!, pin)
  const wanted = [
    { target: files.base, file: base },
    ...(changes ? [{ target: files.changes, file: changes }] : []),
  ]
  const bytes = wanted.reduce((sum, { file }) => sum + file.bytes, 0)
  let before = 0
  for (const { target, file } of wanted) {
    const partial = `${target}.part`
    await client.download({ name, version: pin.version, file }, partial, (share) =>
      progress((before + share * file.bytes) / Math.max(bytes, 1)),
    )
    if ((await fits(partial, file)) !== 'here') {
      await rm(partial, { force: true })
      throw new Error(`the data came damaged; pull it again: ${name} ${pin.version}`)
    }
    await rename(partial, target)
    before += file.bytes
  }
  return { bytes }
}
