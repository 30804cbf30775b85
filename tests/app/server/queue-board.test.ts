import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createQueueBoard } from '../../../app/_server/queue-board'
import { openCheckQueue } from '../../../lib/queues'
import { connectRedis } from '../../../lib/redis'
import { addPerson, installation, type Person } from '../../support/people'
import { ownRedis } from '../../support/redis'

let at: Awaited<ReturnType<typeof installation>>
let board: ReturnType<typeof createQueueBoard>
let redisUrl: string
let origin: string
let owner: Person
let other: Person
const server = createServer((request, response) => {
  if (!board.answer(request, response)) response.writeHead(418).end()
})

beforeAll(async () => {
  at = await installation()
  owner = await addPerson(at.db, 'owner')
  other = await addPerson(at.db, 'other')
  redisUrl = await ownRedis()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  board = createQueueBoard({ db: at.db, redisUrl, origin })
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  board?.close()
  await at?.close()
})

const get = (path: string, person?: Person, init: RequestInit = {}) =>
  fetch(origin + path, {
    redirect: 'manual',
    ...init,
    headers: { ...(person && { cookie: person.cookie }), ...init.headers },
  })

test('the owner of the installation sees every queue and its jobs, from this address alone', async () => {
  const redis = connectRedis(redisUrl)
  const job = await openCheckQueue(redis).add('check', {
    versionId: 'v',
    artifact: 'a',
    records: [],
    predictions: [],
  })
  const page = await get('/admin/queues', owner)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  const html = await page.text()
  expect(html).toContain('<base href="/admin/queues/" />')
  expect(html).not.toContain('https://')
  const script = /src="(static\/js\/main[^"]+)"/.exec(html)![1]
  expect((await get(`/admin/queues/${script}`, owner)).status).toBe(200)
  const { queues } = (await (await get('/admin/queues/api/queues', owner)).json()) as {
    queues: { name: string; counts: { waiting: number } }[]
  }
  expect(queues.map(({ name, counts }) => [name, counts.waiting]).slice(0, 2)).toEqual([
    ['predict', 0],
    ['check', 1],
  ])

  const clean = (headers: Record<string, string>) =>
    get(`/admin/queues/api/queues/check/${job.id}/clean`, owner, { method: 'PUT', headers })
  expect((await clean({ origin: 'https://example.com' })).status).toBe(403)
  expect(await openCheckQueue(redis).getWaitingCount()).toBe(1)
  expect((await clean({ origin })).status).toBe(204)
  expect(await openCheckQueue(redis).getWaitingCount()).toBe(0)
  redis.disconnect()
})

test('nobody else learns that there is a board', async () => {
  const answers = await Promise.all([
    get('/admin/queues'),
    get('/admin/queues', other),
    get('/admin/queues/api/queues', other),
    get('/admin/queues-of-mine', owner),
  ])
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, '/sign-in'],
    [404, null],
    [404, null],
    [418, null],
  ])
  expect(await answers[1]!.text()).toBe('there is no such page\n')
})
