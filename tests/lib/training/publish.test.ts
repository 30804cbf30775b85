import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrainingDetails } from '../../../lib/protocol/training'
import { createChecker } from '../../../lib/registry/checker'
import { publishTraining } from '../../../lib/training/publish'
import { call } from '../serving/support'
import { trainingBench } from './support'

let at: Awaited<ReturnType<typeof trainingBench>>
beforeAll(async () => {
  at = await trainingBench()
  await at.addIris()
  await Promise.all([at.startTrainer(), at.startWorker()])
})
afterAll(() => at?.close())

test('what was trained becomes a version by one call, answers as the training said, and records the data it came of', async () => {
  const { ada, artifacts, connection, redisUrl } = at
  const wish = {
    dataset: 'iris',
    algorithm: 'gradient_boosted_trees',
    target: 'species',
    parameters: { trees: 10 },
  }
  const { body } = await at.api('', { body: wish })
  const { id } = (body as { training: TrainingDetails }).training
  const { status, result } = await at.training(id)
  expect([status, result!.confusion!.classes]).toEqual(['done', ['setosa', 'versicolor', 'virginica']])

  const checker = createChecker(redisUrl)
  const registry = { db: connection.db, artifacts, origin: 'http://cellar', check: checker.check }
  const asked = { workspaceId: ada.workspaceId, userId: ada.userId, training: id, endpoint: 'flowers' }
  const made = await publishTraining(registry, { ...asked, status: 'production' })
  await checker.close()
  expect(made).toMatchObject({ endpoint: 'flowers', version: '1.0.0' })
  expect((await at.training(id)).versions).toEqual([{ endpoint: 'flowers', version: '1.0.0' }])

  const record = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 }
  const { body: answer } = await call(at.web.origin, '/api/v1/flowers/predict', {
    token: ada.token,
    body: record,
  })
  expect(answer).toMatchObject({ version: '1.0.0', predictions: [{ prediction: 'setosa' }] })
  const refused = await call(at.web.origin, '/api/v1/flowers/predict', {
    token: ada.token,
    body: { ...record, petal_width: 'wide' },
  })
  expect(refused).toMatchObject({ status: 400, body: { error: { field: 'petal_width' } } })

  const [version] = await at.sql`select source, self_test from model_versions where artifact is not null`
  expect(version!.source).toMatchObject({
    kind: 'training',
    trainingId: id,
    dataset: { name: 'iris', version: 1 },
  })
  expect(version!.self_test).toEqual({ records: 10, maxDifference: 0 })
  const reads =
    await at.sql`select 1 from dataset_reads where training_id = ${id} and model_version_id is not null`
  expect(reads).toHaveLength(1)
})

test('what has no model makes no version', async () => {
  const { body } = await at.api('', { body: { dataset: 'iris', algorithm: 'kmeans', engine: 'spark' } })
  const { id } = (body as { training: TrainingDetails }).training
  await at.api(`/${id}/cancel`, { body: {} })
  // Cancelled, or failed before that, where the trainer knows of a Spark that does not answer.
  const { status } = await at.training(id)
  const registry = {
    ...{ db: at.connection.db, artifacts: at.artifacts, origin: 'http://cellar' },
    check: () => Promise.reject(new Error('nothing is to be checked')),
  }
  const asked = { workspaceId: at.ada.workspaceId, userId: at.ada.userId, training: id }
  await expect(
    publishTraining(registry, { ...asked, endpoint: 'none', status: 'testing' }),
  ).rejects.toMatchObject({
    status: 409,
    message: `the training has no model to publish, it is ${status}`,
  })
  await expect(
    publishTraining(registry, {
      ...asked,
      workspaceId: at.other.workspaceId,
      endpoint: 'none',
      status: 'testing',
    }),
  ).rejects.toMatchObject({ status: 404 })
})
