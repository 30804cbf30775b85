import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deliverAlerts } from '../../../lib/alerts/deliver'
import { listEpisodes } from '../../../lib/alerts/episodes'
import { evaluateAlerts } from '../../../lib/alerts/evaluate'
import { createRule, deleteRule, enableRule } from '../../../lib/alerts/rules'
import { type Connection, connect } from '../../../lib/db'
import { type AlertMessage, alertRule } from '../../../lib/protocol/alerts'
import { freshDatabase } from '../../support/database'
import { logged, writeLog } from '../requests/support'
import { newEndpoint, newWorkspace } from '../serving/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let ada: Awaited<ReturnType<typeof newWorkspace>>
let base: { workspaceId: string; endpointId: string; versionId: string }
let made = 0

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  ada = await newWorkspace(connection)
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})
beforeEach(async () => {
  await connection.sql`delete from alert_rules`
  const { workspaceId } = ada
  const endpoint = await newEndpoint(connection, { workspaceId, name: `income-${++made}`, artifact: 'a' })
  base = { workspaceId, endpointId: endpoint.endpointId, versionId: endpoint.versionId! }
})

const evaluate = (at: string) => evaluateAlerts(connection.db, 'https://cellar.example', new Date(at))
const rule = (given: object) => createRule(connection.db, base.endpointId, ada.userId, alertRule.parse(given))
const requests = (at: string, statuses: number[], latencyMs = 10) =>
  writeLog(
    connection,
    statuses.map((status) => logged(base, at, { status, latencyMs })),
  )
const errors = {
  metric: 'error_rate',
  threshold: 0.1,
  windowMinutes: 5,
  minRequests: 4,
  emails: ['ada@example.org'],
}
const episodes = async () =>
  (await listEpisodes(connection.db, base.endpointId)).map(({ beganAt, endedAt, summary, messages }) => ({
    beganAt: beganAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    summary,
    told: messages.map(({ phase, target, state }) => `${phase} ${target} ${state}`),
  }))

test('an episode begins once, says so, goes on while nobody asks, and says when it is over', async () => {
  await rule(errors)
  await requests('2026-11-21T10:00:00Z', [200, 500, 500])
  await evaluate('2026-11-21T10:01:00Z')
  // Three requests say too little.
  expect(await episodes()).toEqual([])

  await requests('2026-11-21T10:01:00Z', [200])
  await Promise.all([evaluate('2026-11-21T10:02:00Z'), evaluate('2026-11-21T10:02:00Z')])
  await evaluate('2026-11-21T10:02:30Z')
  const began = {
    beganAt: '2026-11-21T10:02:00.000Z',
    summary: '50.0 % of 4 requests failed in 5 minutes (limit 10.0 %)',
  }
  const told = ['began ada@example.org waiting']
  expect(await episodes()).toEqual([{ ...began, endedAt: null, told }])

  // Silence is no recovery.
  await evaluate('2026-11-21T10:20:00Z')
  expect(await episodes()).toEqual([{ ...began, endedAt: null, told }])

  await requests('2026-11-21T10:30:00Z', [200, 200, 200, 200])
  await evaluate('2026-11-21T10:31:00Z')
  const over = {
    ...began,
    endedAt: '2026-11-21T10:31:00.000Z',
    told: [...told, 'ended ada@example.org waiting'],
  }
  expect(await episodes()).toEqual([over])

  await requests('2026-11-21T10:32:00Z', [500, 500, 500, 500])
  await evaluate('2026-11-21T10:33:00Z')
  expect((await episodes()).map(({ endedAt }) => endedAt)).toEqual([null, over.endedAt])
})

test.each([
  ['latency_p95', 15, 'the p95 of the latency of 100 requests in a minute is 20 ms (limit 15 ms)'],
  ['latency_p99', 1000, 'the p99 of the latency of 100 requests in a minute is 2.0 s (limit 1.0 s)'],
])('%s is measured over the window alone', async (metric, threshold, summary) => {
  await rule({ metric, threshold, windowMinutes: 1, minRequests: 1, emails: ['ada@example.org'] })
  await requests('2026-11-21T10:00:00Z', Array(1000).fill(200), 9000)
  await requests('2026-11-21T10:05:00Z', Array(90).fill(200), 10)
  await requests('2026-11-21T10:05:00Z', Array(8).fill(200), 20)
  await requests('2026-11-21T10:05:00Z', Array(2).fill(200), 2000)
  await evaluate('2026-11-21T10:05:30Z')
  expect((await episodes()).map((episode) => episode.summary)).toEqual([summary])
})

test('drift of the version in production is told, with its fields', async () => {
  await rule({ metric: 'drift', emails: ['ada@example.org'] })
  const check = (at: string, drifted: boolean) =>
    connection.sql`
      insert into drift_checks (endpoint_id, version_id, version, records, "from", "to", drifted, fields, at)
      values (${base.endpointId}, ${base.versionId}, '1.0.0', 1000, ${at}, ${at}, ${drifted},
        ${JSON.stringify([{ side: 'input', path: 'age', drifted }])}::text::json, ${at})`
  await check('2026-11-21T10:00:00Z', true)
  await evaluate('2026-11-21T10:01:00Z')
  await check('2026-11-21T11:00:00Z', false)
  await evaluate('2026-11-21T11:01:00Z')
  expect(await episodes()).toEqual([
    {
      beganAt: '2026-11-21T10:01:00.000Z',
      endedAt: '2026-11-21T11:01:00.000Z',
      summary: 'the newest 1000 records of version 1.0.0 differ from its training data in input age',
      told: ['began ada@example.org waiting', 'ended ada@example.org waiting'],
    },
  ])
})

test('a rule that is off, or gone, tells nothing', async () => {
  const { id } = await rule(errors)
  await requests('2026-11-21T10:00:00Z', [500, 500, 500, 500])
  await enableRule(connection.db, base.endpointId, id, false)
  await evaluate('2026-11-21T10:01:00Z')
  expect(await episodes()).toEqual([])
  await deleteRule(connection.db, base.endpointId, id)
  await expect(deleteRule(connection.db, base.endpointId, id)).rejects.toMatchObject({ status: 404 })
})

test('a message is sent until it is taken, each by its own channel, and its target hears of both ends once', async () => {
  await rule({ ...errors, webhookUrl: 'https://hooks.example/x' })
  await requests('2026-11-21T10:00:00Z', [500, 500, 500, 500])
  await evaluate('2026-11-21T10:01:00Z')
  const sent: [string, string, AlertMessage['phase']][] = []
  let down = true
  const channels = {
    mail:
      () =>
      async (target: string, { phase }: AlertMessage) => {
        if (down) throw new Error('the mail server did not take it: 421 try later')
        sent.push(['mail', target, phase])
      },
    webhook:
      () =>
      async (target: string, { phase }: AlertMessage) =>
        void sent.push(['webhook', target, phase]),
  }
  await deliverAlerts(connection.db, channels)
  // It waits for its next attempt.
  await deliverAlerts(connection.db, channels)
  const [episode] = await listEpisodes(connection.db, base.endpointId)
  expect(episode?.messages).toEqual([
    {
      phase: 'began',
      target: 'ada@example.org',
      state: 'waiting',
      error: 'the mail server did not take it: 421 try later',
    },
    { phase: 'began', target: 'https://hooks.example/x', state: 'delivered', error: null },
  ])
  down = false
  await connection.sql`update alert_deliveries set next_at = now() where state = 'waiting'`
  await Promise.all([deliverAlerts(connection.db, channels), deliverAlerts(connection.db, channels)])
  expect(sent).toEqual([
    ['webhook', 'https://hooks.example/x', 'began'],
    ['mail', 'ada@example.org', 'began'],
  ])
})

test.each<[string, object, string]>([
  [
    'nobody to tell',
    { ...errors, emails: [] },
    'give an e-mail address or a webhook: an alert that nobody hears is none',
  ],
  ['a share over 1', { ...errors, threshold: 5 }, 'Too big: expected number to be <=1'],
  ['an address that is none', { ...errors, emails: ['ada'] }, 'Invalid email address'],
  ['a webhook that is no web address', { ...errors, webhookUrl: 'file:///etc/passwd' }, 'Invalid URL'],
])('a rule with %s is refused', (_name, given, message) =>
  expect(alertRule.safeParse(given).error?.issues[0]?.message).toBe(message),
)
