import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runBatch } from '../../../kernel/serve/batch'
import { runCheck } from '../../../kernel/serve/check'
import { startModelChild } from '../../../kernel/serve/model-child'
import { createPool, type Model } from '../../../kernel/serve/pool'
import { workerHome } from './support'

let home: Awaited<ReturnType<typeof workerHome>>
let starts = 0

beforeAll(async () => {
  home = await workerHome('redis://unused')
})
afterAll(() => home?.close())

const place = () => ({
  root: home.place,
  home: `${home.place}/secrets`,
  workDir: home.workDir,
  tensorflow: { name: 'none' as const },
})
const start = async ({ artifact }: Pick<Model, 'artifact'>, more = {}) => {
  starts++
  return startModelChild({ ...place(), ...more }, await home.artifacts.get(artifact))
}
const put = async (text: string) => (await home.artifacts.put(Buffer.from(text))).name

const later = Date.now() + 60_000
const item = (requestId: string, records: object[], deadline = later) => ({
  requestId,
  records: records as never[],
  deadline,
})

test('a batch is one call, and each request gets its own part of it', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const items = [item('a', [{ x: 1 }, { x: 2 }]), item('b', []), item('c', [{ x: 3 }])]
  expect(await runBatch(pool, 'job', { versionId: 'v', artifact, items })).toEqual({
    jobId: 'job',
    modelMs: 0.5,
    loadMs: expect.any(Number),
    items: [
      {
        requestId: 'a',
        predictions: [
          { twice: 2, bundle: 'one' },
          { twice: 4, bundle: 'one' },
        ],
      },
      { requestId: 'b', predictions: [] },
      { requestId: 'c', predictions: [{ twice: 6, bundle: 'one' }] },
    ],
  })
  await pool.close()
})

test('an item past its deadline is skipped, and a batch of nothing else starts no child', async () => {
  const pool = createPool({ start })
  const before = starts
  const artifact = await put('one')
  const expired = { code: 'expired', message: 'its deadline passed before a worker came to it' }
  expect(
    await runBatch(pool, 'job', { versionId: 'v', artifact, items: [item('a', [{ x: 1 }], 1)] }),
  ).toEqual({
    jobId: 'job',
    modelMs: 0,
    loadMs: 0,
    items: [{ requestId: 'a', error: expired }],
  })
  expect(starts).toBe(before)
  await pool.close()
})

test('no call holds more records than the batch size, even where one request does', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const records = Array.from({ length: 5 }, (_, x) => ({ x }))
  const batch = { versionId: 'v', artifact, items: [item('a', records)], batchSize: 2 }
  const { modelMs, items } = await runBatch(pool, 'job', batch)
  // The fixture says 0.5 ms of each call.
  expect({ modelMs, items }).toEqual({
    modelMs: 1.5,
    items: [{ requestId: 'a', predictions: records.map(({ x }) => ({ twice: 2 * x, bundle: 'one' })) }],
  })
  await pool.close()
})

test('as many calls run at once as the concurrency says, each in a process of its own', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const use = () =>
    pool.use(
      { versionId: 'v', artifact },
      async (child) => {
        await child.predict([{ x: 1 }])
        return child
      },
      2,
    )
  const children = new Set(await Promise.all([use(), use(), use(), use()]))
  expect({ children: children.size, loaded: pool.loaded().length }).toEqual({ children: 2, loaded: 2 })
  await pool.close()
})

test('two versions of one artifact never share a process', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const use = (versionId: string) => pool.use({ versionId, artifact }, async (child) => child)
  expect(await use('a')).not.toBe(await use('b'))
  expect(await use('a')).toBe(await use('a'))
  await pool.close()
})

test('a request that ends the process fails alone, in a child that is replaced', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const items = [item('a', [{ x: 1 }]), item('b', [{ x: 2, exit: 3 }]), item('c', [{ x: 3 }])]
  expect((await runBatch(pool, 'job', { versionId: 'v', artifact, items })).items).toEqual([
    { requestId: 'a', predictions: [{ twice: 2, bundle: 'one' }] },
    {
      requestId: 'b',
      error: { code: 'model', message: "the model's process ended: it ended with exit code 3" },
    },
    { requestId: 'c', predictions: [{ twice: 6, bundle: 'one' }] },
  ])
  await pool.close()
})

test('a model that gives too few predictions is an error of each request', async () => {
  const pool = createPool({ start })
  const artifact = await put('one')
  const items = [item('a', [{ x: 1, short: true }])]
  expect((await runBatch(pool, 'job', { versionId: 'v', artifact, items })).items).toEqual([
    { requestId: 'a', error: { code: 'model', message: 'the model gave 0 predictions for 1 records' } },
  ])
  await pool.close()
})

test('an endless loop is ended when its time is over', async () => {
  const pool = createPool({ start: (model) => start(model, { callMs: 300 }) })
  const artifact = await put('one')
  const items = [item('a', [{ x: 1, loop: true }])]
  expect((await runBatch(pool, 'job', { versionId: 'v', artifact, items })).items).toEqual([
    {
      requestId: 'a',
      error: { code: 'model', message: "the model's process ended: it did not answer within 0.3 s" },
    },
  ])
  await pool.close()
})

test('a bundle that cannot be loaded, or is not in the store, is an error of each request', async () => {
  const pool = createPool({ start })
  const artifact = await put('broken bundle')
  const absent = 'f'.repeat(64)
  const reply = (a: string) =>
    runBatch(pool, 'job', { versionId: a, artifact: a, items: [item('a', [{ x: 1 }])] })
  const failed = (message: string) => [{ requestId: 'a', error: { code: 'model', message } }]
  expect((await reply(artifact)).items).toEqual(failed('the model could not be loaded: the bundle is broken'))
  expect((await reply(absent)).items).toEqual(
    failed(`the model could not be loaded: artifact is not in the store: ${absent}`),
  )
  await pool.close()
})

test('the child unused for longest makes room', async () => {
  const pool = createPool({ start, maxChildren: 2 })
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(put))
  const use = (artifact: string) => pool.use({ versionId: artifact, artifact }, async (child) => child)
  const [first, second] = [await use(a!), await use(b!)]
  await use(a!)
  await use(c!)
  expect(await second.ended).toBe('it was ended')
  expect(await use(a!)).toBe(first)
  await pool.close()
})

test('a child that nobody calls ends', async () => {
  const pool = createPool({ start, idleMs: 50 })
  const child = await pool.use({ versionId: 'v', artifact: await put('a') }, async (each) => each)
  expect(await child.ended).toBe('it was ended')
  await pool.close()
})

test('the process that passed a self-test answers the first prediction', async () => {
  const pool = createPool({ start })
  const artifact = await put('warm')
  const predictions = [{ twice: 2, bundle: 'warm' }]
  const job = { versionId: 'v', artifact, records: [{ x: 1 }], predictions }
  expect(await runCheck(start, job, pool.adopt)).toEqual({ ok: true, maxDifference: 0 })
  const before = starts
  const { items } = await runBatch(pool, 'job', { versionId: 'v', artifact, items: [item('a', [{ x: 2 }])] })
  expect(items).toEqual([{ requestId: 'a', predictions: [{ twice: 4, bundle: 'warm' }] }])
  expect(starts).toBe(before)
  await pool.close()
})

test('a self-test passes when a fresh process predicts the same, and says where it does not', async () => {
  const artifact = await put('checked')
  const check = (predictions: unknown[], records: unknown[] = [{ x: 1 }]) =>
    runCheck(start, { versionId: 'v', artifact, records, predictions })
  expect(await check([{ twice: 2, bundle: 'checked' }])).toEqual({ ok: true, maxDifference: 0 })
  expect(await check([{ twice: 3, bundle: 'checked' }])).toEqual({
    ok: false,
    reason: 'predictions[0].twice: the cell gave 3, a fresh process 2',
  })
  expect(await check([], [{ x: 1, throws: 'no such file' }])).toEqual({ ok: false, reason: 'no such file' })
})

test('models that come and go leave nothing behind: no process, no folder, no memory', async () => {
  const pool = createPool({ start, maxChildren: 1 })
  const models = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => ({ versionId: `v${i}`, artifact: await put(`model ${i}`) })),
  )
  const loadAll = async () => {
    const children = []
    for (const model of models) {
      children.push(await pool.use(model, async (child) => child))
      await pool.use(model, (child) => child.predict([{ x: 1 }]))
    }
    await Promise.all(children.slice(0, -1).map(({ ended }) => ended))
    return pool.loaded().length
  }
  expect(await loadAll()).toBe(1)
  const before = process.memoryUsage().rss
  expect(await loadAll()).toBe(1)
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  await pool.close()
  expect(pool.loaded()).toEqual([])
  await expect.poll(() => readdir(home.workDir)).toEqual([])
  expect(grown).toBeLessThan(32)
})
