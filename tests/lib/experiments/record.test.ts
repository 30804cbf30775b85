import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runPoints, runs } from '../../../drizzle/schema/experiments'
import { localArtifacts } from '../../../lib/artifacts'
import { findArtifact, keepArtifact } from '../../../lib/experiments/artifacts'
import { readCurves } from '../../../lib/experiments/curves'
import { listRuns } from '../../../lib/experiments/list'
import { endRuns, recordTracked, type TrackedEvent } from '../../../lib/experiments/record'
import { changeRun, deleteRuns, readRun } from '../../../lib/experiments/run'
import { createNotebook } from '../../../lib/notebooks/create'
import type { Tracked, TrackedPoint } from '../../../lib/protocol/tracking'
import { addPerson, installation, type Person } from '../../support/people'

let web: Awaited<ReturnType<typeof installation>>
let ada: Person
let notebookId: string
beforeAll(async () => {
  web = await installation()
  ada = await addPerson(web.db, 'Ada')
  notebookId = (
    await createNotebook({ workspaceId: ada.workspaceId, userId: ada.id, title: 'Digits' }, web.db)
  ).id
})
afterAll(() => web.close())
beforeEach(() => web.db.delete(runs))

const first = '11111111-1111-4111-8111-111111111111'
const second = '22222222-2222-4222-8222-222222222222'
let seq = 0
const event = (id: string, news: Omit<Tracked, 'run'> = {}, name: string | null = null): TrackedEvent => ({
  type: 'tracked',
  cellId: 'c1',
  executionId: 'e1',
  userId: ada.id,
  epoch: 1,
  seq: ++seq,
  at: 0,
  news: { run: { id, name, startedAt: 1000, environment: { node: 'v20' } }, ...news },
})
const points = (...values: (number | 'NaN' | 'Infinity')[]): TrackedPoint[] =>
  values.map((value, i) => [i, i, value, 2000])
const list = (filter = '', sort?: string) =>
  listRuns(web.db, { workspaceId: ada.workspaceId, filter, ...(sort && { sort }) })

test('a run holds its parameters in their order, its tags, and how each metric stands', async () => {
  await recordTracked(
    notebookId,
    [
      event(first, { params: { rate: 0.1, model: 'cnn' }, points: { loss: points(3, 1) } }, 'try'),
      event(first, { params: { rate: 0.2 }, tags: ['best', 'best'], end: { state: 'done', at: 9000 } }),
    ],
    web.db,
  )
  const { runs: rows, total, params, metrics } = await list()
  expect({ rows, total, params, metrics }).toEqual({
    rows: [
      {
        id: first,
        name: 'try',
        state: 'done',
        notebook: { id: notebookId, title: 'Digits' },
        cellId: 'c1',
        params: { rate: 0.2, model: 'cnn' },
        metrics: { loss: { last: 1, step: 1, min: 1, max: 3, count: 2 } },
        tags: ['best'],
        by: 'Ada',
        startedAt: new Date(1000),
        endedAt: new Date(9000),
      },
    ],
    total: 1,
    params: ['rate', 'model'],
    metrics: ['loss'],
  })
})

test('what is delivered twice is kept once', async () => {
  const events = [event(first, { points: { loss: points(3, 'NaN', 'Infinity') } })]
  await recordTracked(notebookId, events, web.db)
  await recordTracked(notebookId, events, web.db)
  expect(await web.db.$count(runPoints)).toBe(3)
  expect((await list()).runs[0]?.metrics.loss).toEqual({
    last: 'Infinity',
    step: 2,
    min: 3,
    max: 'Infinity',
    count: 3,
  })
  expect(await readCurves(web.db, ada.workspaceId, [first], 'loss')).toEqual({
    [first]: [
      [0, 3],
      [1, 'NaN'],
      [2, 'Infinity'],
    ],
  })
})

test('a long curve is thinned, its end stays', async () => {
  for (let from = 0; from < 5000; from += 1000)
    await recordTracked(
      notebookId,
      [
        event(first, {
          points: { loss: Array.from({ length: 1000 }, (_, i) => [from + i, from + i, -i, 0]) },
        }),
      ],
      web.db,
    )
  const { [first]: curve } = await readCurves(web.db, ada.workspaceId, [first], 'loss')
  expect([curve?.length, curve?.[1], curve?.at(-1)]).toEqual([1001, [5, -5], [4999, -999]])
})

test('runs are found by what they were made with and how well they did, and sorted by it', async () => {
  await recordTracked(
    notebookId,
    [
      event(
        first,
        { params: { rate: 0.1, model: 'cnn' }, points: { loss: points(0.5) }, tags: ['a%b'] },
        'one',
      ),
      event(second, { params: { rate: '0.01', model: 'mlp' }, points: { loss: points('NaN') } }, 'two'),
    ],
    web.db,
  )
  const names = async (filter: string, sort?: string) =>
    (await list(filter, sort)).runs.map(({ name }) => name)
  expect(await names('loss < 1')).toEqual(['one'])
  expect(await names('rate < 1')).toEqual(['one'])
  expect(await names('params.model = mlp')).toEqual(['two'])
  expect(await names('model != cnn and notebook ~ git')).toEqual(['two'])
  expect(await names('a%')).toEqual(['one'])
  expect(await names('b_')).toEqual([])
  expect(await names('by = Ada and state = running', 'metric.loss')).toEqual(['one', 'two'])
  expect(await names('', '-metric.loss')).toEqual(['one', 'two'])
  expect(await names('', '-name')).toEqual(['two', 'one'])
  await expect(list('state < done')).rejects.toThrow('state is compared with =, != or ~, not with <')
})

test('a kernel adds to no run of another notebook, and a deleted notebook gets none', async () => {
  const other = (
    await createNotebook({ workspaceId: ada.workspaceId, userId: ada.id, title: 'Other' }, web.db)
  ).id
  await recordTracked(notebookId, [event(first, { params: { mine: true } })], web.db)
  await recordTracked(other, [event(first, { params: { mine: false } })], web.db)
  expect((await list()).runs[0]?.params).toEqual({ mine: true })
  await recordTracked('33333333-3333-4333-8333-333333333333', [event(second)], web.db)
  expect((await list()).total).toBe(1)
})

test('runs of a kernel that ended are over, and no others', async () => {
  await recordTracked(notebookId, [event(first), { ...event(second), epoch: 2 }], web.db)
  await endRuns(notebookId, 1, web.db)
  expect((await list('', 'state')).runs.map(({ id, state }) => [id, state])).toEqual([
    [second, 'running'],
    [first, 'interrupted'],
  ])
})

test('a file belongs to its run, and goes with it', async () => {
  const store = localArtifacts(web.config.artifactsDir)
  const upload = {
    run: event(first).news.run,
    cellId: 'c1',
    executionId: 'e1',
    name: 'model/weights.bin',
    type: 'application/octet-stream',
    notebookId,
    userId: ada.id,
    epoch: 1,
  }
  const bytes = async function* () {
    yield new Uint8Array([1, 2])
    yield new Uint8Array([3])
  }
  await keepArtifact(web.db, store, upload, bytes())
  const found = await findArtifact(web.db, first, 'model/weights.bin')
  expect([found?.bytes, [...(await store.get(found!.artifact))]]).toEqual([3, [1, 2, 3]])
  const page = await readRun(web.db, ada.workspaceId, first)
  expect(page.artifacts.map(({ name, bytes }) => [name, bytes])).toEqual([['model/weights.bin', 3]])
  await keepArtifact(web.db, store, { ...upload, run: event(second).news.run }, bytes())
  expect(await deleteRuns(web.db, store, ada.workspaceId, [first])).toBe(1)
  expect(await store.has(found!.artifact)).toBe(true)
  expect(await deleteRuns(web.db, store, ada.workspaceId, [second])).toBe(1)
  expect(await store.has(found!.artifact)).toBe(false)
  await expect(readRun(web.db, ada.workspaceId, first)).rejects.toThrow('there is no such run')
})

test('nobody of another workspace reads, renames or deletes a run', async () => {
  await recordTracked(notebookId, [event(first, { points: { loss: points(1) } })], web.db)
  const eve = await addPerson(web.db, 'Eve')
  await expect(readRun(web.db, eve.workspaceId, first)).rejects.toThrow('there is no such run')
  await expect(changeRun(web.db, eve.workspaceId, first, { name: 'x' })).rejects.toThrow(
    'there is no such run',
  )
  expect(await deleteRuns(web.db, { remove: async () => {} }, eve.workspaceId, [first])).toBe(0)
  expect(await readCurves(web.db, eve.workspaceId, [first], 'loss')).toEqual({})
})
