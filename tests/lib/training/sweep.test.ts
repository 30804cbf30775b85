import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { trainings } from '../../../drizzle/schema/trainings'
import { sweepTrainings } from '../../../lib/training/sweep'
import { openRegistry } from '../registry/support'

let at: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  at = await openRegistry()
})
afterAll(() => at.close())

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

type Given = { days: number; byte: number; dataset?: string; running?: boolean }

/** Trainings that ended so many days ago, each with a model of one byte. */
async function give(workspaceId: string, given: Given[]) {
  const { artifacts } = at.registry
  for (const { days, byte, dataset = 'iris', running = false } of given)
    await at.db.insert(trainings).values({
      ...{ workspaceId, datasetName: dataset, datasetNumber: 1, datasetHash: '' },
      ...{ engine: 'local', algorithm: 'kmeans', features: ['x'], parameters: {} },
      state: running ? 'running' : 'done',
      createdAt: daysAgo(days),
      endedAt: running ? null : daysAgo(days),
      artifact: (await artifacts.put(new Uint8Array([byte]))).name,
    })
}
const nameOf = (byte: number) =>
  createHash('sha256')
    .update(new Uint8Array([byte]))
    .digest('hex')
const left = async (workspaceId: string) =>
  (await at.db.select().from(trainings).where(eq(trainings.workspaceId, workspaceId)))
    .map(
      ({ createdAt, datasetName }) => `${datasetName} ${Math.round((Date.now() - +createdAt) / 86_400_000)}`,
    )
    .sort()

test('trainings go once they are old and not among the newest of their data set, with their models', async () => {
  const { workspaceId } = await at.person()
  await give(workspaceId, [
    { days: 1, byte: 1 },
    { days: 2, byte: 2 },
    { days: 29, byte: 3 },
    { days: 31, byte: 4 },
    // The same model as one that stays.
    { days: 40, byte: 1 },
    { days: 50, byte: 5, running: true },
    { days: 50, byte: 6, dataset: 'penguins' },
  ])
  const other = await at.person()
  await give(other.workspaceId, [{ days: 99, byte: 7 }])
  expect(await sweepTrainings(at.db, at.registry.artifacts, 2)).toBe(2)
  expect(await left(workspaceId)).toEqual(['iris 1', 'iris 2', 'iris 29', 'iris 50', 'penguins 50'])
  expect(await left(other.workspaceId)).toEqual(['iris 99'])
  const { artifacts } = at.registry
  expect(await Promise.all([1, 3, 4, 6].map((byte) => artifacts.has(nameOf(byte))))).toEqual([
    true,
    true,
    false,
    true,
  ])
  expect(await sweepTrainings(at.db, at.registry.artifacts, 2)).toBe(0)
})

test('a training that a version was made of stays for as long as the version', async () => {
  const person = await at.person()
  await at.promote(person, { bytes: [41] })
  await give(person.workspaceId, [
    { days: 60, byte: 42 },
    { days: 90, byte: 43 },
  ])
  const [training] = await at.db
    .select()
    .from(trainings)
    .where(eq(trainings.workspaceId, person.workspaceId))
    .orderBy(trainings.createdAt)
  const ofPerson = eq(modelVersions.notebookId, person.notebookId)
  const dataset = { name: 'iris', version: 1, hash: '' }
  await at.db
    .update(modelVersions)
    .set({ source: { kind: 'training', trainingId: training!.id, algorithm: 'kmeans', dataset } })
    .where(ofPerson)
  expect(await sweepTrainings(at.db, at.registry.artifacts, 1)).toBe(0)
  await at.db
    .update(modelVersions)
    .set({ state: 'deleted', deletedAt: daysAgo(0) })
    .where(ofPerson)
  expect(await sweepTrainings(at.db, at.registry.artifacts, 1)).toBe(1)
  expect(await left(person.workspaceId)).toEqual(['iris 60'])
})
