import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newSecret } from '../../../lib/config'
import { isPublicAddress } from '../../../lib/net/public-address'
import { seal } from '../../../lib/secrets/cipher'
import { endJob } from '../../../lib/serving/jobs/end'
import { listDeliveries, sendAgain } from '../../../lib/webhooks/deliveries'
import { keyPlace } from '../../../lib/webhooks/key-place'
import { runWebhooks } from '../../../lib/webhooks/run-webhooks'
import { newSigningKey, signedHeaders } from '../../../lib/webhooks/signature'
import { type JobBody, jobsBench } from '../serving/jobs/support'

let at: Awaited<ReturnType<typeof jobsBench>>
let receiver: Server
let url: string
/** What the receiver answers, one after the other; then 204. */
let answers: number[] = []
const received: { headers: IncomingHttpHeaders; body: string }[] = []
const key = newSigningKey()
const secretsKey = Buffer.from(newSecret(), 'base64url')
let sender: Awaited<ReturnType<typeof runWebhooks>> | undefined

beforeAll(async () => {
  at = await jobsBench()
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    received.push({ headers: request.headers, body })
    response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done`
  const { keyId, nonce, ciphertext } = seal(secretsKey, key, keyPlace(at.twice.endpointId))
  await at.sql`insert into endpoint_webhooks (endpoint_id, key_id, nonce, ciphertext)
    values (${at.twice.endpointId}, ${keyId}, ${Buffer.from(nonce)}, ${Buffer.from(ciphertext)})`
})
afterEach(async () => {
  await sender?.close()
  sender = undefined
  received.length = 0
  answers = []
})
afterAll(async () => {
  receiver?.close()
  await at?.close()
})

/** This machine stands for the internet. */
const start = async (allows: (address: string) => boolean = (address) => address === '127.0.0.1') => {
  sender = await runWebhooks({
    sql: at.sql,
    secretsKey,
    allows,
    warn: (message, error) => at.warnings.push(`${message}: ${error}`),
    wait: (attempts) => (attempts < 3 ? 0 : undefined),
  })
}
/** A job that has ended with these predictions, which is to be reported. */
async function endedJob(predictions: unknown[] = [1], callback = url) {
  const path = `predict?async=true&callback_url=${encodeURIComponent(callback)}`
  const { body } = await at.api(path, { body: { x: 1 } })
  const { id } = (body as JobBody).job
  await endJob(at.sql, id, { state: 'done', output: JSON.stringify(predictions), rowsDone: 1 })
  return id
}
const deliveryOf = async (jobId: string) => {
  const deliveries = await listDeliveries(at.twice.endpointId, at.connection.db)
  return deliveries.find((each) => each.jobId === jobId)!
}
const settled = async (jobId: string, state: string) => {
  await expect.poll(async () => (await deliveryOf(jobId)).state).toBe(state)
  return deliveryOf(jobId)
}

test('an ended job is told to the receiver, signed, with its predictions', async () => {
  await start()
  const id = await endedJob([{ twice: 2 }])
  const { id: deliveryId, attempts } = await settled(id, 'delivered')
  const [{ headers, body }] = received as [(typeof received)[0]]
  const message = JSON.parse(body)
  expect(message).toEqual({
    type: 'prediction_job.done',
    timestamp: message.data.job.ended_at,
    data: {
      endpoint: 'twice',
      job: expect.objectContaining({ id, status: 'done', rows: { total: 1, done: 1, failed: 0 } }),
      predictions: [{ twice: 2 }],
    },
  })
  const signed = { id: `msg_${deliveryId}`, at: new Date(Number(headers['webhook-timestamp']) * 1000), body }
  expect(headers).toMatchObject(signedHeaders(key, signed))
  expect(attempts).toEqual([{ at: expect.any(String), ms: expect.any(Number), status: 204 }])
})

test('a receiver that fails is told again, and each attempt is kept', async () => {
  answers = [500, 302]
  await start()
  const { attempts } = await settled(await endedJob(), 'delivered')
  expect(attempts.map(({ status }) => status)).toEqual([500, 302, 204])
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})

test('after the last attempt nothing is sent, until a person says so', async () => {
  answers = [500, 500, 500]
  await start()
  const { id, jobId, attempts } = await settled(await endedJob(), 'failed')
  expect(attempts.map(({ status }) => status)).toEqual([500, 500, 500])
  await sendAgain(at.twice.endpointId, id, at.connection.db)
  await settled(jobId, 'delivered')
})

test('a receiver that is gone is not told again', async () => {
  answers = [410]
  await start()
  const { attempts } = await settled(await endedJob(), 'failed')
  expect(attempts.map(({ status }) => status)).toEqual([410])
})

test('this machine and its neighbours are not called', async () => {
  await start(isPublicAddress)
  const [byNumber, byName] = [
    await settled(await endedJob(), 'failed'),
    await settled(await endedJob([1], url.replace('127.0.0.1', 'localhost')), 'failed'),
  ]
  const cause = 'the address is not on the public internet'
  expect([byNumber, byName].map(({ attempts }) => attempts.map(({ error }) => error))).toEqual([
    [cause, cause, cause],
    [cause, cause, cause],
  ])
  expect(received).toEqual([])
})

test('a cancelled job is told too, at the address that the endpoint has', async () => {
  await at.sql`update endpoint_webhooks set url = ${url}`
  await start()
  const { body } = await at.api('predict?async=true', { body: { x: 1 } })
  const { id } = (body as JobBody).job
  await at.api(`jobs/${id}`, { method: 'DELETE' })
  await settled(id, 'delivered')
  expect(JSON.parse(received[0]!.body).type).toBe('prediction_job.cancelled')
})

test('a report is written with the end of its job, and sent when a sender is there', async () => {
  const id = await endedJob()
  expect((await deliveryOf(id)).state).toBe('waiting')
  await start()
  await settled(id, 'delivered')
})
