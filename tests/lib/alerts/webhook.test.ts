import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpointWebhooks } from '../../../drizzle/schema/prediction-jobs'
import { postAlert } from '../../../lib/alerts/webhook'
import { type Connection, connect } from '../../../lib/db'
import type { AlertMessage } from '../../../lib/protocol/alerts'
import { seal } from '../../../lib/secrets/cipher'
import { keyPlace } from '../../../lib/webhooks/key-place'
import { newSigningKey } from '../../../lib/webhooks/signature'
import { freshDatabase } from '../../support/database'
import { newEndpoint, newWorkspace } from '../serving/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let endpointId: string
const secretsKey = randomBytes(32)
const key = newSigningKey()
const got: { headers: IncomingHttpHeaders; body: string }[] = []
let status = 204
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  got.push({ headers: request.headers, body })
  response.writeHead(status).end()
})
let url: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const { workspaceId } = await newWorkspace(connection)
  endpointId = (await newEndpoint(connection, { workspaceId, name: 'income' })).endpointId
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
})
afterAll(async () => {
  receiver.close()
  await connection?.close()
  await database?.drop()
})

const message: AlertMessage = {
  endpoint: 'income',
  metric: 'drift',
  phase: 'began',
  value: 1,
  threshold: 0,
  summary: 'income: age drifted',
  page: 'https://cellar.example/endpoints/income/monitoring',
  at: '2026-11-21T10:00:00.000Z',
}
const post = (allows: (address: string) => boolean = () => true) =>
  postAlert(connection.db, { secretsKey, allows })(endpointId)(url, message, 'f00d')

test('an alert is posted in the form of Standard Webhooks, signed with the endpoint’s key', async () => {
  await expect(post()).rejects.toThrow('the endpoint has no signing key: make one in its settings')
  await connection.db
    .insert(endpointWebhooks)
    .values({ endpointId, ...seal(secretsKey, key, keyPlace(endpointId)) })
  await post()
  const [{ headers, body }] = got as [(typeof got)[0]]
  const { phase, at, ...data } = message
  expect(JSON.parse(body)).toEqual({ type: `alert.${phase}`, timestamp: at, data })
  expect(headers['webhook-id']).toBe('msg_f00d')
  const signed = `msg_f00d.${headers['webhook-timestamp']}.${body}`
  const signature = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(signed)
    .digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${signature}`)
})

test('what is not taken says why, and an address within the network is not asked', async () => {
  status = 500
  await expect(post()).rejects.toThrow('it answered with status 500')
  const before = got.length
  await expect(post(() => false)).rejects.toThrow('the address is not on the public internet')
  expect(got.length).toBe(before)
})
