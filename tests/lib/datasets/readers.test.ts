import { afterAll, beforeAll, expect, test } from 'vitest'
import { trainings } from '../../../drizzle/schema/trainings'
import { createDataset, createVersion } from '../../../lib/datasets/create-version'
import { readInNotebook } from '../../../lib/datasets/read-in-notebook'
import { listReaders } from '../../../lib/datasets/readers'
import { createNotebook } from '../../../lib/notebooks/create'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { emptyVersion } from '../../support/datasets'
import { addPerson, installation, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let ada: Person
beforeAll(async () => {
  at = await installation()
  ada = await addPerson(at.db, 'ada')
})
afterAll(() => at.close())

test('what read a version is named once for each version, and not while it is in the trash', async () => {
  const { workspaceId, id: userId } = ada
  const { id, version } = await createDataset({ workspaceId, name: 'iris', version: emptyVersion }, at.db)
  await createVersion(id, 1, { ...emptyVersion, rows: 1 }, at.db)
  const notebook = await createNotebook({ workspaceId, userId, title: 'Petals' }, at.db)
  const gone = await createNotebook({ workspaceId, userId, title: 'Gone' }, at.db)
  for (const [notebookId, cellId, number] of [
    [notebook.id, 'a', 1],
    [notebook.id, 'b', 1],
    [notebook.id, 'a', 2],
    [gone.id, 'a', 2],
  ] as const)
    await readInNotebook(at.db, { workspaceId, notebookId, cellId, name: 'iris', version: number })
  await trashNotebook(gone.id, at.db)
  const [training] = await at.db
    .insert(trainings)
    .values({
      workspaceId,
      datasetVersionId: version.id,
      datasetName: 'iris',
      datasetNumber: 1,
      datasetHash: version.hash,
      engine: 'local',
      algorithm: 'random_forest',
      features: ['x'],
      target: 'species',
      parameters: {},
    })
    .returning({ id: trainings.id })
  const readers = await listReaders(at.db, id)
  expect(readers.toSorted((a, b) => a.number - b.number || a.kind.localeCompare(b.kind))).toEqual([
    { number: 1, kind: 'notebook', name: 'Petals', href: `/n/${notebook.id}` },
    { number: 1, kind: 'training', name: 'Random forest of species', href: `/trainings/${training!.id}` },
    { number: 2, kind: 'notebook', name: 'Petals', href: `/n/${notebook.id}` },
  ])
})
