import path from 'node:path'
import type { DataContext } from '../../app/_data/context'
import { openDuck } from '../../app/_data/duck'
import { handlers } from '../../app/_data/questions'
import { localArtifacts } from '../../lib/artifacts'
import type { NewVersion } from '../../lib/datasets/create-version'
import { dataFolder } from '../../lib/datasets/data-folder'
import type { DataStore } from '../../lib/datasets/data-store'
import type { AskData } from '../../lib/datasets/questions'
import { root } from './paths'
import type { installation } from './people'

/** A version that names no file: for what is not about its rows. */
export const emptyVersion: NewVersion = {
  base: '0'.repeat(64),
  columns: [{ name: 'x', type: 'integer', nullable: false }],
  rows: 0,
  bytes: 0,
  origin: 'upload',
  rowsAdded: 0,
  rowsChanged: 0,
  rowsDeleted: 0,
  createdBy: null,
}

/** What the process `data` computes with, in this one. */
export async function dataContext({
  db,
  config,
}: Awaited<ReturnType<typeof installation>>): Promise<DataContext & { close(): void }> {
  const folder = dataFolder(config.home)
  const duck = await openDuck({
    folders: [config.artifactsDir, folder.at, path.join(root, 'notebooks/data')],
    temporary: folder.spill,
  })
  const ask = ((question, what) => handlers[question].answer(what as never, context)) as AskData
  const store: DataStore = { db, artifacts: localArtifacts(config.artifactsDir), ask }
  const context = { duck, store, folder }
  return { ...context, close: () => duck.close() }
}
