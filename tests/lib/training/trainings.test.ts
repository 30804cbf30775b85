import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrainingDetails } from '../../../lib/protocol/training'
import { decodeTrained } from '../../../lib/training/artifact'
import { call } from '../serving/support'
import { irisColumns, trainingBench } from './support'

let at: Awaited<ReturnType<typeof trainingBench>>
beforeAll(async () => {
  at = await trainingBench()
  await at.addIris()
})
afterAll(() => at?.close())

const begin = async (body: unknown) => {
  const { status, body: answer } = await at.api('', { body })
  return { status, training: (answer as { training: TrainingDetails }).training }
}

test('a training is answered at once, waits for a trainer, and its row has all that came of it', async () => {
  const { status, training } = await begin({ dataset: 'iris', algorithm: 'kmeans', parameters: { k: 3 } })
  expect([status, training.status]).toEqual([202, 'queued'])
  expect(training.features).toEqual(irisColumns.slice(0, 4).map(({ name }) => name))
  expect(training.parameters).toMatchObject({ k: 3, start: 'k-means++', seed: 42 })
  const trainer = await at.startTrainer()
  const done = await at.training(training.id)
  expect([done.status, done.error, done.score?.name]).toEqual(['done', null, 'cost'])
  expect(Math.abs(done.result!.clusters!.cost - 78.85)).toBeLessThan(0.02)
  expect(done.log).toMatch(/150 rows and 4 columns read in/)
  expect(done.curves.cost!.length).toBeGreaterThan(1)
  const [row] = await at.sql`select artifact, candidate from trainings where id = ${training.id}`
  expect(decodeTrained(await at.artifacts.get(row!.artifact)).predictor.kind).toBe('clusters')
  expect(Object.keys(row!.candidate)).toEqual(['schema', 'selfTest', 'reference', 'environment'])
  const reads = await at.sql`select 1 from dataset_reads where training_id = ${training.id}`
  expect(reads).toHaveLength(1)
  const { body } = await at.api('?dataset=iris')
  expect((body as { trainings: { id: string }[] }).trainings.map(({ id }) => id)).toEqual([training.id])
  await at.stop(trainer, 'SIGTERM')
})

test('after kill -9 of its trainer a training is begun again, and its log says so', async () => {
  await at.addDataset(
    'many',
    'SELECT random() AS x, random() AS y, random() AS z FROM range(400000)',
    ['x', 'y', 'z'].map((name) => ({ name, type: 'number' as const, nullable: false })),
    400_000,
  )
  const first = await at.startTrainer()
  const parameters = { k: 50, starts: 1, iterations: 10_000, tolerance: 0 }
  const { training } = await begin({ dataset: 'many', algorithm: 'kmeans', parameters })
  await at.training(training.id, ({ progress }) => progress !== null)
  await at.stop(first, 'SIGKILL')
  await at.startTrainer()
  const again = await at.training(training.id, ({ log }) => log.includes('begun again (2)'))
  expect(again.status).toBe('running')
  await at.training(training.id, ({ progress }) => (progress?.done ?? 0) > 1)
  const { body } = await at.api(`/${training.id}`, { method: 'DELETE' })
  expect((body as { training: TrainingDetails }).training.status).toBe('cancelled')
  // The processor is free for the next at once.
  const next = await begin({ dataset: 'iris', algorithm: 'kmeans' })
  expect((await at.training(next.training.id)).status).toBe('done')
})

test('a data set that is deleted while it is trained with does not end the training', async () => {
  const { id } = await at.addDataset(
    'brief',
    'SELECT random() AS x, random() AS y FROM range(200000)',
    ['x', 'y'].map((name) => ({ name, type: 'number' as const, nullable: false })),
    200_000,
  )
  const { training } = await begin({
    dataset: 'brief',
    algorithm: 'kmeans',
    parameters: { k: 40, starts: 1, iterations: 60, tolerance: 0 },
  })
  await at.training(training.id, ({ progress }) => progress !== null)
  await at.sql`delete from datasets where id = ${id}`
  const done = await at.training(training.id)
  expect([done.status, done.dataset]).toEqual([
    'done',
    { name: 'brief', version: 1, hash: training.dataset.hash, version_id: null },
  ])
})

test('a data set that is deleted before says so', async () => {
  const { id } = await at.addDataset(
    'gone',
    'SELECT 1.5 AS x FROM range(10)',
    [{ name: 'x', type: 'number', nullable: false }],
    10,
  )
  // No trainer has this engine, so it waits.
  const { training } = await begin({ dataset: 'gone', algorithm: 'kmeans', engine: 'spark' })
  await at.sql`delete from datasets where id = ${id}`
  await at.sql`update trainings set engine = 'local' where id = ${training.id}`
  const failed = await at.training(training.id)
  expect([failed.status, failed.error]).toEqual([
    'failed',
    'the data set was deleted before the training began: gone, version 1',
  ])
})

test('what the data does not allow ends the training with a sentence', async () => {
  const { training } = await begin({ dataset: 'iris', algorithm: 'kmeans', parameters: { k: 200 } })
  const failed = await at.training(training.id)
  expect([failed.status, failed.error]).toEqual([
    'failed',
    'there are more clusters than rows: k is 200, rows are 150; choose a smaller k',
  ])
})

test('the same wish with the same key is the same training', async () => {
  const headers = { 'idempotency-key': 'once' }
  const body = { dataset: 'iris', algorithm: 'kmeans' }
  const ids = await Promise.all(
    [1, 2].map(async () => {
      const { body: answer } = await at.api('', { body, headers })
      return (answer as { training: TrainingDetails }).training.id
    }),
  )
  expect(ids[0]).toBe(ids[1])
})

const refused: [string, unknown, number, string, string | undefined][] = [
  [
    'no data set',
    { dataset: 'nothing', algorithm: 'kmeans' },
    404,
    'there is no data set of this name: nothing',
    'dataset',
  ],
  [
    'no version',
    { dataset: 'iris', version: 9, algorithm: 'kmeans' },
    404,
    'iris has the versions 1 to 1, not 9',
    'version',
  ],
  [
    'no target',
    { dataset: 'iris', algorithm: 'random_forest' },
    400,
    'Random forest needs a target: the column that it is to tell',
    'target',
  ],
  [
    'a column that is not there',
    { dataset: 'iris', algorithm: 'kmeans', features: ['petals'] },
    400,
    'the data set has no such column: petals',
    'features',
  ],
  [
    'a target among the columns',
    { dataset: 'iris', algorithm: 'random_forest', target: 'species', features: ['species', 'petal_width'] },
    400,
    'the target cannot be one of the columns it is told from: species',
    'features',
  ],
  [
    'a parameter out of range',
    { dataset: 'iris', algorithm: 'kmeans', parameters: { k: 0 } },
    400,
    'Too small: expected number to be >=1',
    'parameters.k',
  ],
  [
    'a parameter that there is not',
    { dataset: 'iris', algorithm: 'kmeans', parameters: { clusters: 2 } },
    400,
    'Unrecognized key: "clusters"',
    'parameters',
  ],
]

test.each(refused)('%s is refused', async (_, body, status, message, field) => {
  const answer = await at.api('', { body })
  expect(answer).toMatchObject({ status, body: { error: { message, field } } })
})

test('another workspace sees nothing, and a key that only reads starts nothing', async () => {
  const { training } = await begin({ dataset: 'iris', algorithm: 'kmeans' })
  const foreign = await call(at.web.origin, `/api/v1/trainings/${training.id}`, { token: at.other.token })
  const reading = await call(at.web.origin, '/api/v1/trainings', {
    token: at.ada.token,
    body: { dataset: 'iris', algorithm: 'kmeans' },
  })
  expect([foreign.status, reading.status]).toEqual([404, 403])
})

test('a training that has ended cannot be cancelled', async () => {
  const { training } = await begin({ dataset: 'iris', algorithm: 'kmeans' })
  await at.training(training.id)
  const answer = await at.api(`/${training.id}/cancel`, { method: 'POST' })
  expect(answer).toMatchObject({
    status: 409,
    body: { error: { message: 'the training has ended and cannot be cancelled: done' } },
  })
})
