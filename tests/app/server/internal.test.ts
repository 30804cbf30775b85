import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerInternal } from '../../../app/_server/internal'
import { protect } from '../../../app/_server/policy'
import { localArtifacts } from '../../../lib/artifacts'
import { nextEpoch } from '../../../lib/kernels/epoch'
import { createNotebook } from '../../../lib/notebooks/create'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import { encodePromotionBody } from '../../../lib/protocol/promotion-body'
import { registerMachine } from '../../../lib/stack/machine'
import { addMember, addPerson, installation, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let http: Server
let origin: string
let owner: Person
let viewer: Person
let notebookId: string
let machineId: string

beforeAll(async () => {
  at = await installation()
  const { db } = at
  owner = await addPerson(db, 'owner')
  viewer = await addPerson(db, 'viewer')
  await addMember(db, owner.workspaceId, viewer.id, 'viewer')
  await registerMachine(at.config.databaseUrl, at.config.machineToken)
  const [machine] = await at.sql<{ id: string }[]>`select id from machines`
  machineId = machine!.id
  ;({ id: notebookId } = await createNotebook({ workspaceId: owner.workspaceId, userId: owner.id }, db))
  const registry = {
    db,
    artifacts: localArtifacts(path.join(at.config.home, 'artifacts')),
    check: async () => ({ ok: true as const, maxDifference: 0 }),
    origin: 'http://cellar.example',
  }
  const place = {
    db,
    registry,
    uploads: localArtifacts(path.join(at.config.home, 'uploads')),
    studies: { ask: () => Promise.reject(new Error('nothing is compared here')) },
  }
  http = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
    if (answerInternal(request, response, place)) return
    protect(request, response, false, 'http://127.0.0.1:3000')
    response.end(request.headers['x-nonce'])
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterAll(async () => {
  http.close()
  await at.close()
})

const request: PromoteRequest = {
  endpoint: 'iris',
  cellId: 'a',
  variable: 'model',
  schema: { input: { type: 'number', min: 1, max: 1 }, output: { type: 'number', min: 2, max: 2 } },
  selfTest: { records: [1], predictions: [2] },
  environment: {},
}
async function promote({
  token = at.config.machineToken,
  userId = owner.id,
  notebook = notebookId,
  header = '',
} = {}) {
  const promotion = {
    notebookId: notebook,
    userId,
    endpoint: 'iris',
    cellId: 'a',
    variable: 'model',
    cellSource: '1',
    environment: {},
  }
  const answer = await fetch(`${origin}/internal/versions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'x-cellar-promotion': header || Buffer.from(JSON.stringify(promotion)).toString('base64url'),
    },
    body: encodePromotionBody(request, new Uint8Array([1, 2, 3])) as Uint8Array<ArrayBuffer>,
  })
  return { status: answer.status, body: (await answer.json()) as { error?: { code: string } } }
}

test('health is told to everybody, other paths to nobody', async () => {
  expect(await (await fetch(`${origin}/internal/health`)).json()).toEqual({ ok: true, hosts: 0 })
  expect((await fetch(`${origin}/internal/other`)).status).toBe(404)
})

test('a promotion is refused from a machine that does not run the notebook’s kernel', async () => {
  expect((await promote()).status).toBe(403)
})

test.each([
  ['an unknown machine', { token: 'x'.repeat(43) }, 401],
  ['a header that is not understood', { header: 'nonsense' }, 400],
  ['a notebook that is gone', { notebook: '00000000-0000-4000-8000-000000000000' }, 404],
])('a promotion is refused for %s', async (_, change, status) => {
  expect((await promote(change)).status).toBe(status)
})

test('a promotion is taken for people who may, from the machine that runs the kernel', async () => {
  await nextEpoch(notebookId, machineId, at.db)
  expect((await promote({ userId: viewer.id })).status).toBe(403)
  const outsider = await addPerson(at.db, 'outsider')
  expect((await promote({ userId: outsider.id })).status).toBe(404)
  expect(await promote()).toEqual({
    status: 200,
    body: {
      endpoint: 'iris',
      version: '1.0.0',
      url: 'http://cellar.example/api/v1/iris/predict',
      page: 'http://cellar.example/endpoints/iris',
    },
  })
})

test('every page has a policy with a nonce of its own, which Next is told, and is framed by nobody', async () => {
  const [first, second] = [await fetch(origin), await fetch(origin)]
  const nonces = [await first.text(), await second.text()]
  expect(nonces[0]).not.toBe(nonces[1])
  const policy = first.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual([
    "default-src 'self'",
    `script-src 'nonce-${nonces[0]}' 'strict-dynamic'`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${origin.replace('http', 'ws')} ${origin.replace('http', 'wss')}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
  const { headers } = first
  expect(
    ['x-content-type-options', 'x-frame-options', 'referrer-policy'].map((name) => headers.get(name)),
  ).toEqual(['nosniff', 'DENY', 'same-origin'])
})
