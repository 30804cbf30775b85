import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { pulls } from '../../../drizzle/schema/repositories'
import { localArtifacts } from '../../../lib/artifacts'
import { encodePromotionBody } from '../../../lib/protocol/promotion-body'
import type { PullOrder } from '../../../lib/protocol/repository'
import type { Registry } from '../../../lib/registry/registry'
import { keepPullNews } from '../../../lib/repositories/news'
import { beginPull, endSilentPulls, listPulls } from '../../../lib/repositories/pulls'
import { receivePulledVersion } from '../../../lib/repositories/receive-version'
import {
  createRepository,
  findRepository,
  listRepositories,
  repositoryFields,
  webhookSecret,
} from '../../../lib/repositories/repositories'
import { takeWebhook } from '../../../lib/repositories/webhook'
import { addMember, addPerson, installation, origin, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let ada: Person
let id: string
let orders: PullOrder[]
beforeAll(async () => {
  at = await installation()
})
afterAll(() => at.close())
beforeEach(async () => {
  ada = await addPerson(at.db, 'Ada')
  orders = []
  await at.db.delete(pulls)
  id = (await createRepository(fields, { workspaceId: ada.workspaceId, userId: ada.id }, at.db)).id
})

const fields = {
  address: 'https://git.example.org/ada/models',
  branch: 'main',
  commit: null,
  path: 'models/train.ts',
}
const machineId = '22222222-2222-4222-8222-222222222222'
const channel = async (order: PullOrder) => {
  orders.push(order)
  return { machineId }
}
const pullAs = async (person: Person, trigger: 'person' | 'webhook' = 'person') =>
  beginPull(
    await findRepository(ada.workspaceId, id, at.db),
    { trigger, userId: person.id },
    { db: at.db, channel },
  )
const commit = { hash: 'a'.repeat(40), author: 'Ada', message: 'two', at: '2026-11-21T00:00:00Z' }

test('a pull gives a machine its order, and keeps what the machine tells of it', async () => {
  const { id: pullId } = await pullAs(ada)
  expect(orders).toEqual([{ pullId, ...fields }])
  await expect(pullAs(ada)).rejects.toMatchObject({ status: 409, code: 'running' })
  const tests = [{ file: 'a.test.ts', name: 'a', passed: true, skipped: false, ms: 1, error: null }]
  await keepPullNews(at.db, machineId, { pullId, state: 'testing', commit })
  await keepPullNews(at.db, machineId, { pullId, state: 'done', tests, log: 'all\0 well' })
  // What has ended stays as it is, and another machine has no say.
  await keepPullNews(at.db, machineId, { pullId, state: 'running' })
  expect(await listPulls(id, at.db)).toMatchObject([
    {
      id: pullId,
      state: 'done',
      commit,
      tests,
      log: 'all well',
      reason: null,
      by: 'Ada',
      endedAt: expect.any(Date),
    },
  ])
  expect((await listRepositories(ada.workspaceId, at.db)).map(({ last }) => last?.state)).toEqual(['done'])
})

test('news of another machine count for nothing', async () => {
  const { id: pullId } = await pullAs(ada)
  await keepPullNews(at.db, '33333333-3333-4333-8333-333333333333', { pullId, state: 'done' })
  expect((await listPulls(id, at.db)).map(({ state }) => state)).toEqual(['waiting'])
})

test('a pull of which nobody was heard for ten minutes has failed', async () => {
  await pullAs(ada)
  expect(await endSilentPulls(at.db, Date.now() + 9 * 60_000)).toBe(0)
  expect(await endSilentPulls(at.db, Date.now() + 11 * 60_000)).toBe(1)
  expect(await listPulls(id, at.db)).toMatchObject([
    { state: 'failed', reason: 'the machine that pulled it was not heard of again; pull once more' },
  ])
})

async function webhook(body: string, headers: Record<string, string> = {}, secret?: string) {
  const key = secret ?? (await webhookSecret(ada.workspaceId, id, at.db))
  const request = new Request(`${origin}/api`, {
    method: 'POST',
    headers: {
      'x-github-event': 'push',
      'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      ...headers,
    },
    body,
  })
  return takeWebhook(id, request, { db: at.db, channel })
}

test('a signed push to the branch pulls it, in the name of whoever connected it', async () => {
  const { status, body } = await webhook('{"ref":"refs/heads/main"}')
  expect(status).toBe(202)
  expect(await listPulls(id, at.db)).toMatchObject([{ id: body.pull, trigger: 'webhook', by: 'Ada' }])
})

test('other events and branches are left', async () => {
  expect(await webhook('{"zen":""}', { 'x-github-event': 'ping' })).toEqual({
    status: 200,
    body: { ignored: 'the event is ping' },
  })
  expect((await webhook('{"ref":"refs/heads/other"}')).body).toEqual({
    ignored: 'the push was to refs/heads/other',
  })
  expect(orders).toEqual([])
})

test('a webhook with a wrong signature, another body or of no repository is refused alike', async () => {
  const refused = { status: 401, code: 'unauthorized' }
  await expect(webhook('{"ref":"refs/heads/main"}', {}, 'guessed')).rejects.toMatchObject(refused)
  await expect(
    webhook('{"ref":"refs/heads/main"}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }),
  ).rejects.toMatchObject(refused)
  await expect(webhook('{}', { 'x-hub-signature-256': 'none' })).rejects.toMatchObject(refused)
  const request = new Request(`${origin}/api`, { method: 'POST', body: '{}' })
  await expect(takeWebhook(crypto.randomUUID(), request, { db: at.db })).rejects.toMatchObject(refused)
  expect(orders).toEqual([])
})

test('a webhook pulls no longer in the name of somebody who may not', async () => {
  const bea = await addPerson(at.db, 'Bea')
  await addMember(at.db, ada.workspaceId, bea.id, 'viewer')
  id = (await createRepository(fields, { workspaceId: ada.workspaceId, userId: bea.id }, at.db)).id
  await expect(webhook('{"ref":"refs/heads/main"}')).rejects.toMatchObject({ status: 403 })
})

const registry = (): Registry => ({
  db: at.db,
  artifacts: localArtifacts(at.config.artifactsDir),
  check: async () => ({ ok: true, maxDifference: 0 }),
  origin,
})
const body = encodePromotionBody(
  {
    endpoint: 'prices',
    cellId: 'a',
    variable: '',
    schema: { input: { type: 'number' }, output: { type: 'number' } },
    selfTest: { records: [1], predictions: [2] },
    environment: { node: 'v20' },
  },
  new Uint8Array([1]),
)

test('what a running pull promotes is a version that names commit and notebook', async () => {
  const { id: pullId } = await pullAs(ada)
  const promotion = { pullId, cellId: 'a', cellSource: 'await promote()', variable: '', environment: {} }
  const receive = (machine = machineId) => receivePulledVersion(registry(), machine, promotion, body)
  await keepPullNews(at.db, machineId, { pullId, state: 'testing', commit })
  await expect(receive()).rejects.toMatchObject({
    status: 403,
    message: `this machine runs no such pull: ${pullId}`,
  })
  await keepPullNews(at.db, machineId, { pullId, state: 'running' })
  await expect(receive('33333333-3333-4333-8333-333333333333')).rejects.toMatchObject({ status: 403 })
  expect(await receive()).toMatchObject({ endpoint: 'prices', version: '1.0.0' })
  const [version] = await at.db.select().from(modelVersions).where(eq(modelVersions.createdBy, ada.id))
  expect(version).toMatchObject({
    status: 'production',
    state: 'ready',
    notebookId: null,
    cellSource: 'await promote()',
    source: {
      kind: 'repository',
      repositoryId: id,
      pullId,
      address: fields.address,
      commit: commit.hash,
      path: fields.path,
    },
  })
  expect(await listPulls(id, at.db)).toMatchObject([{ promoted: [{ endpoint: 'prices', version: '1.0.0' }] }])
  await at.db.update(pulls).set({ state: 'failed' }).where(eq(pulls.id, pullId))
  await expect(receive()).rejects.toMatchObject({ status: 403 })
})

const cases: [string, object, string][] = [
  ['a branch that is an option', { branch: '--upload-pack=id' }, 'branch'],
  ['a branch that is a range', { branch: 'a..b' }, 'branch'],
  ['a path that leads out', { path: '../train.ts' }, 'path'],
  ['a path into git’s own folder', { path: '.git/train.ts' }, 'path'],
  ['a file that is no notebook', { path: 'train.py' }, 'path'],
  ['half a commit', { commit: 'abc123' }, 'commit'],
  ['a command for an address', { address: 'ext::sh -c id' }, 'address'],
  ['an address with a password', { address: 'https://me:secret@example.org/a' }, 'address'],
]
test.each(cases)('refuses %s', (_title, change, field) => {
  const { error } = repositoryFields.safeParse({ ...fields, ...change })
  expect(error?.issues.map(({ path }) => path.join())).toContain(field)
})
