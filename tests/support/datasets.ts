import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { DataContext } from '../../app/_data/context'
import { openDuck } from '../../app/_data/duck'
import { handlers } from '../../app/_data/questions'
import { localArtifacts } from '../../lib/artifacts'
import type { NewVersion } from '../../lib/datasets/create-version'
import { dataFolder } from '../../lib/datasets/data-folder'
import type { DataStore } from '../../lib/datasets/data-store'
import type { AskData } from '../../lib/datasets/questions'
import { root } from './paths'
import { addPerson, installation } from './people'
import { uploading } from './uploads'

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
async function dataContext({
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

type Installation = Awaited<ReturnType<typeof installation>>
type WithDatasets = Installation &
  DataContext & {
    ada: Awaited<ReturnType<typeof addPerson>>
    /** Ada's. */
    uploads: ReturnType<typeof uploading>
  }

/**
 * For the top of a test file: an installation whose data sets are computed in this process, and Ada, to whom they belong.
 * `prepare` makes what every test begins with.
 */
export function withDatasets(prepare?: (at: WithDatasets) => unknown): WithDatasets {
  const at = {} as WithDatasets
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    const installed = await installation()
    closing.unshift(installed.close)
    const { close, ...context } = await dataContext(installed)
    closing.unshift(close)
    const ada = await addPerson(installed.db, 'ada')
    Object.assign(at, { ...installed, ...context, ada, uploads: uploading(context, ada.workspaceId) })
    await prepare?.(at)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  return at
}
