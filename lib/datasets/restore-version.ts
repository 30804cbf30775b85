import { type CreatedVersion, createVersion } from './create-version'
import type { DataStore } from './data-store'
import { type Dataset, requireVersion } from './find'
import { nextRowOf } from './next-row'

/**
 * Makes an older version the newest again, as a version of its own. `parent`: the number of the newest version that the
 * person knew; refuses where there is a newer one (409).
 */
export async function restoreVersion(
  dataset: Pick<Dataset, 'id' | 'name' | 'head'>,
  number: number,
  { parent, userId }: { parent: number; userId: string },
  { db, ask }: Pick<DataStore, 'db' | 'ask'>,
): Promise<CreatedVersion> {
  const [newest, old] = await Promise.all([
    requireVersion(db, dataset, parent),
    requireVersion(db, dataset, number),
  ])
  const { counts } = await ask('diff', {
    before: newest.id,
    after: old.id,
    kinds: ['changed'],
    offset: 0,
    limit: 0,
  })
  const { base, changes, columns, rows, bytes } = old
  return createVersion(
    dataset.id,
    parent,
    {
      base,
      changes,
      columns,
      rows,
      nextRow: Math.max(nextRowOf(newest), nextRowOf(old)),
      bytes,
      origin: 'restore',
      message: `version ${number} again`,
      rowsAdded: counts.added,
      rowsChanged: counts.changed,
      rowsDeleted: counts.deleted,
      createdBy: userId,
    },
    db,
  )
}
