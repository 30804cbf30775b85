import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { machines, modelVersions, notebooks } from '../../../../drizzle/schema'
import { reproductions } from '../../../../drizzle/schema/reproductions'
import { encodePromotionBody } from '../../../../lib/protocol/promotion-body'
import type { ReproductionOrder } from '../../../../lib/protocol/reproduction'
import type { StudyJob } from '../../../../lib/protocol/study'
import { beginReproduction } from '../../../../lib/registry/reproduce/begin'
import { cancelReproduction } from '../../../../lib/registry/reproduce/cancel'
import { listReproductions } from '../../../../lib/registry/reproduce/list'
import { keepReproductionNews } from '../../../../lib/registry/reproduce/news'
import { receiveReproduced } from '../../../../lib/registry/reproduce/receive'
import { endSilentReproductions } from '../../../../lib/registry/reproduce/silent'
import type { Studies } from '../../../../lib/registry/study'
import { openRegistry } from '../support'

let at: Awaited<ReturnType<typeof openRegistry>>
let person: Awaited<ReturnType<typeof at.person>>
let machineId: string
let orders: ReproductionOrder[]
let cancelled: string[]
beforeAll(async () => {
  at = await openRegistry()
  const [machine] = await at.db
    .insert(machines)
    .values({ name: 'vm', tokenHash: new Uint8Array(32) })
    .returning()
  machineId = machine!.id
})
afterAll(() => at.close())

const read = { cellId: 'd', name: 'houses.csv', bytes: 3, sha256: 'a'.repeat(64) }
beforeEach(async () => {
  orders = []
  cancelled = []
  person = await at.person()
  await at.revise(person, {
    d: 'const rows = await dataset("houses.csv")',
    o: 'const other = 1',
    a: 'promote("income", () => rows)',
  })
  await at.promote(person, { cellSource: 'promote("income", () => rows)', files: [read] })
})

const channel = {
  async begin(order: ReproductionOrder) {
    orders.push(order)
    return { machineId }
  },
  async cancel(_machine: string, id: string) {
    cancelled.push(id)
  },
}
const asked = () => ({ workspaceId: person.workspaceId, endpoint: 'income', version: '1.0.0' })
const begin = () => beginReproduction({ ...asked(), userId: person.userId }, { db: at.db, channel })
const newest = async () => (await listReproductions(at.db, person.workspaceId, 'income', '1.0.0'))[0]!

/** Workers for whom the version predicts `before` and the new model `after`. */
const studies = (before: unknown[], after: unknown[]): Studies => ({
  ask: async (job: StudyJob) => {
    const isNew = job.type === 'predict' && job.from === 'uploads'
    return { ok: true, type: job.type, predictions: isNew ? after : before } as never
  },
})
const receive = (reproductionId: string, before: unknown[], after: unknown[], files = [read]) =>
  receiveReproduced(
    { db: at.db, studies: studies(before, after), uploads: at.registry.artifacts },
    machineId,
    { reproductionId },
    encodePromotionBody(
      {
        endpoint: 'income',
        cellId: 'a',
        variable: 'predict',
        schema: { input: { type: 'number' }, output: { type: 'number' } },
        selfTest: { records: [1, 2], predictions: [2, 4] },
        environment: {},
        files,
      },
      new Uint8Array([9]),
    ),
  )

test('a machine is given the cells that made the version, their packages and what they had read', async () => {
  const { id } = await begin()
  expect(orders).toEqual([
    {
      reproductionId: id,
      notebookId: person.notebookId,
      endpoint: 'income',
      version: '1.0.0',
      cellId: 'a',
      variable: 'predict',
      cells: [
        { id: 'd', kind: 'code', source: 'const rows = await dataset("houses.csv")' },
        { id: 'a', kind: 'code', source: 'promote("income", () => rows)' },
      ],
      environment: { packages: {}, lock: '', scripts: [] },
      data: [read],
      datasets: [],
    },
  ])
  await expect(begin()).rejects.toMatchObject({ status: 409, code: 'running' })
})

test('what the machine tells is shown, and what it hands over is compared by the example and the self-test', async () => {
  const { id } = await begin()
  await keepReproductionNews(at.db, machineId, {
    reproductionId: id,
    note: 'runs the cells',
    cellsDone: 1,
    changed: ['houses.csv'],
  })
  expect(await newest()).toMatchObject({
    state: 'running',
    note: 'runs the cells',
    cellsDone: 1,
    cells: 2,
    changed: ['houses.csv'],
    by: 'Ada',
  })
  await receive(id, [2, 2, 4], [2, 2, 4.25])
  expect(await newest()).toMatchObject({
    state: 'different',
    records: 3,
    differing: 1,
    maxDifference: 0.25,
    endedAt: expect.any(Date),
  })
  await expect(receive(id, [2, 2, 4], [2, 2, 4])).rejects.toMatchObject({ status: 409, code: 'ended' })
})

test('the same predictions are the same, and data that was read is told by its hash', async () => {
  const { id } = await begin()
  await receive(id, [2, 2, 4], [2, 2, 4], [{ ...read, sha256: 'b'.repeat(64) }])
  expect(await newest()).toMatchObject({
    state: 'equal',
    maxDifference: 0,
    differing: 0,
    changed: ['houses.csv'],
  })
})

test('a failure keeps its trace and ends it; nothing that comes later changes that', async () => {
  const { id } = await begin()
  const news = { reproductionId: id, note: 'cell 1 of 2 failed: Error: no', cellsDone: 0 }
  await keepReproductionNews(at.db, machineId, { ...news, failed: { trace: 'at cell-d.ts:1:1\0' } })
  await keepReproductionNews(at.db, machineId, { ...news, note: 'runs the cells' })
  expect(await newest()).toMatchObject({
    state: 'failed',
    note: 'cell 1 of 2 failed: Error: no',
    trace: 'at cell-d.ts:1:1',
  })
})

test('one that is cancelled has ended, and its machine is told', async () => {
  const { id } = await begin()
  await cancelReproduction({ ...asked(), id }, { db: at.db, channel })
  expect([(await newest()).state, cancelled]).toEqual(['cancelled', [id]])
  const other = await at.person()
  await expect(
    cancelReproduction({ ...asked(), workspaceId: other.workspaceId, id }, { db: at.db, channel }),
  ).rejects.toMatchObject({ status: 404 })
  await begin()
})

test('a machine that is silent for two minutes has lost it, unless web has just come back', async () => {
  const { id } = await begin()
  const now = Date.now() + 150_000
  expect(await endSilentReproductions(at.db, { now, upMs: 1_000 })).toBe(0)
  expect(await endSilentReproductions(at.db, { now, upMs: 150_000 })).toBeGreaterThan(0)
  const [row] = await at.db.select().from(reproductions).where(eq(reproductions.id, id))
  expect([row!.state, row!.note]).toEqual([
    'failed',
    'the machine that ran it was not heard of again; reproduce it once more',
  ])
})

test('a machine that refuses leaves nothing behind', async () => {
  const refusing = { ...channel, begin: () => Promise.reject(new Error('away')) }
  await expect(
    beginReproduction({ ...asked(), userId: person.userId }, { db: at.db, channel: refusing }),
  ).rejects.toThrow('away')
  expect(await listReproductions(at.db, person.workspaceId, 'income', '1.0.0')).toEqual([])
})

test.each([
  [{ state: 'deleted' as const }, 'the version was deleted, and its model with it: income 1.0.0'],
  [{ revisionId: null }, 'no revision of its notebook holds the cell as it ran: income 1.0.0'],
  [{ notebookId: null }, 'its notebook was deleted: income 1.0.0'],
])('a version that cannot be reproduced says why: %j', async (change, message) => {
  const { workspaceId } = person
  await at.db
    .update(modelVersions)
    .set(change)
    .where(
      eq(
        modelVersions.notebookId,
        at.db.select({ id: notebooks.id }).from(notebooks).where(eq(notebooks.workspaceId, workspaceId)),
      ),
    )
  await expect(begin()).rejects.toMatchObject({ status: 409, message })
})
