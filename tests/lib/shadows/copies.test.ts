import { expect, test } from 'vitest'
import type { Dispatcher } from '../../../lib/serving/dispatch'
import { queueFull } from '../../../lib/serving/refusal'
import { createCopies } from '../../../lib/shadows/copies'
import type { RunningShadow } from '../../../lib/shadows/running'
import type { ShadowRow } from '../../../lib/shadows/shadow-log'

const shadow: RunningShadow = {
  id: 's',
  endpointId: 'e',
  versionId: 'new',
  artifact: 'a',
  share: 100,
  read: (body) => ({ records: body as unknown[] }),
}
const answered = {
  endpointId: 'e',
  versionId: 'old',
  requestId: 'r',
  body: [{ x: 1 }, { x: 2 }],
  bytes: 10,
  status: 200,
  latencyMs: 3,
  predictions: [2, 4] as unknown[] | null,
  sampleShare: 1,
}

/** Copies over a worker that answers with `predict`. */
function at(
  predict: () => Promise<unknown> = async () => ({
    reply: { requestId: 'r', predictions: [2, 5] },
    modelMs: 1,
  }),
  { running = [shadow], busy = false }: { running?: RunningShadow[]; busy?: boolean } = {},
) {
  const rows: ShadowRow[] = []
  const dropped: string[] = []
  let dispatchers = 0
  const copies = createCopies({
    running: { of: () => running },
    log: {
      add: (row) => void rows.push(row),
      dropped: (id) => void dropped.push(id),
      close: async () => {},
    },
    dispatcher: () => {
      dispatchers++
      return { predict, open: () => 0, close: async () => {} } as unknown as Dispatcher
    },
    underPressure: () => busy,
  })
  return { copies, rows, dropped, dispatchers: () => dispatchers }
}
const soon = () => new Promise((done) => setTimeout(done, 5))

test('a copy is answered beside the request, and both are compared', async () => {
  const { copies, rows } = at()
  copies.send(answered)
  await expect
    .poll(() => rows)
    .toEqual([
      {
        shadowId: 's',
        requestId: 'r',
        status: 200,
        latencyMs: expect.any(Number),
        modelMs: 1,
        realStatus: 200,
        realLatencyMs: 3,
        records: 2,
        agreed: 1,
        difference: 1,
        output: '[2,5]',
        error: null,
        sampled: true,
        at: expect.any(Date),
      },
    ])
})

test('without shadows nothing is begun, not even a connection', async () => {
  const { copies, rows, dispatchers } = at(undefined, { running: [] })
  copies.send(answered)
  await soon()
  expect([rows, dispatchers()]).toEqual([[], 0])
})

test('a version gets no copies of what it answered itself', async () => {
  const { copies, rows, dispatchers } = at()
  copies.send({ ...answered, versionId: 'new' })
  await soon()
  expect([rows, dispatchers()]).toEqual([[], 0])
})

test('while requests wait, copies are let go', async () => {
  const { copies, rows, dropped } = at(undefined, { busy: true })
  copies.send(answered)
  await soon()
  expect([rows, dropped]).toEqual([[], ['s']])
})

test('a copy that finds no room is let go, which is no error of the version', async () => {
  const { copies, rows, dropped } = at(() => Promise.reject(queueFull()))
  copies.send(answered)
  await expect.poll(() => dropped).toEqual(['s'])
  expect(rows).toEqual([])
})

test.each([
  [
    async () => ({ reply: { requestId: 'r', error: { code: 'model', message: 'it threw' } }, modelMs: 1 }),
    { status: 500, error: 'it threw', agreed: null, output: null },
  ],
  [
    async () => ({ reply: { requestId: 'r', error: { code: 'bad_record', message: 'no x' } }, modelMs: 1 }),
    { status: 400, error: 'no x', agreed: null, output: null },
  ],
])('what goes wrong in a shadow is kept with its words: %#', async (predict, expected) => {
  const { copies, rows } = at(predict)
  copies.send(answered)
  await expect.poll(() => rows[0]).toMatchObject(expected)
})

test('a record that does not fit the shadow says so and is not sent', async () => {
  const strict = { ...shadow, read: () => ({ problem: { field: 'y', message: 'y: expected a number' } }) }
  const { copies, rows, dispatchers } = at(undefined, { running: [strict] })
  copies.send(answered)
  await expect.poll(() => rows[0]).toMatchObject({ status: 400, error: 'y: expected a number' })
  expect(dispatchers()).toBe(0)
})

test('a share of the requests is copied, the same ones each time', async () => {
  const quarter = { ...shadow, share: 25 }
  const { copies, rows } = at(undefined, { running: [quarter] })
  for (let i = 0; i < 1000; i++) copies.send({ ...answered, requestId: `r${i}` })
  await soon()
  expect(rows.length).toBeGreaterThan(200)
  expect(rows.length).toBeLessThan(300)
  const first = new Set(rows.map(({ requestId }) => requestId))
  for (let i = 0; i < 1000; i++) copies.send({ ...answered, requestId: `r${i}` })
  await soon()
  expect(new Set(rows.map(({ requestId }) => requestId))).toEqual(first)
})
