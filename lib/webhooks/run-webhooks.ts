import type { Sql } from 'postgres'
import { createLooking } from '../leases/looking'
import { hasEnded } from '../protocol/prediction-jobs'
import type { DeliveryAttempt, DeliveryState } from '../protocol/webhooks'
import { open, type Sealed } from '../secrets/cipher'
import { type Job, jobColumns, summaryOf } from '../serving/jobs/job'
import { webhooksChannel } from './channel'
import { deliver } from './deliver'
import { keyPlace } from './key-place'
import { waitAfter } from './schedule'
import { signedHeaders } from './signature'

export type WebhookOptions = {
  sql: Sql
  /** Opens the endpoints' keys. */
  secretsKey: Uint8Array
  /** Whether an IP address may be connected to. */
  allows: (address: string) => boolean
  warn: (message: string, error?: unknown) => void
  /** Seconds until the next attempt after so many; undefined after the last. */
  wait?: (attempts: number) => number | undefined
}

type Due = Job & {
  deliveryId: string
  url: string
  attempts: DeliveryAttempt[]
  endpoint: string
  output: string | null
} & { [K in keyof Sealed]: Sealed[K] | null }

/** Sent at once; a slow receiver holds one place. */
const concurrency = 32
/** A delivery whose sender says nothing for so long is sent again, seconds. */
const claimSeconds = 60
/** Predictions that are larger are asked for with the job's id, characters of JSON. */
const maxPredictions = 64 * 1024

/** Sends reports of ended jobs until it is closed. They may come twice, with the same id, after a sender was killed. */
export async function runWebhooks({ sql, secretsKey, allows, warn, wait = waitAfter }: WebhookOptions) {
  const sending = new Set<Promise<void>>()
  const looking = createLooking(takeDue)

  async function takeDue() {
    try {
      if (sending.size >= concurrency) return
      for (const due of await claim(concurrency - sending.size)) {
        const sent = send(due)
          .catch((error) => warn(`the delivery ${due.deliveryId} stopped, and is sent again`, error))
          .finally(() => {
            sending.delete(sent)
            looking.look()
          })
        sending.add(sent)
      }
    } catch (error) {
      warn('webhooks cannot be looked for, and are in a second', error)
    }
  }

  const claim = (count: number) => sql<Due[]>`
    with due as (
      update webhook_deliveries set next_at = now() + make_interval(secs => ${claimSeconds})
      where id in (
        select id from webhook_deliveries where state = 'waiting' and next_at <= now()
        order by next_at limit ${count} for update skip locked
      )
      returning id, job_id, url, attempts
    )
    select ${jobColumns(sql)}, due.id as "deliveryId", due.url, due.attempts, e.name as endpoint, j.output,
      w.key_id as "keyId", w.nonce, w.ciphertext
    from due join prediction_jobs j on j.id = due.job_id join endpoints e on e.id = j.endpoint_id
    left join endpoint_webhooks w on w.endpoint_id = e.id`

  async function send(due: Due) {
    const { keyId, nonce, ciphertext } = due
    if (!keyId || !nonce || !ciphertext) {
      const attempt = {
        at: new Date().toISOString(),
        ms: 0,
        error: 'the endpoint has no signing key any more',
      }
      return keep(due, attempt, 'failed')
    }
    const key = open(secretsKey, { keyId, nonce, ciphertext }, keyPlace(due.endpointId))
    const body = JSON.stringify(messageOf(due))
    const headers = signedHeaders(key, { id: `msg_${due.deliveryId}`, at: new Date(), body })
    const { attempt, taken, gone } = await deliver(due.url, { headers, body }, allows)
    if (taken) return keep(due, attempt, 'delivered')
    const seconds = gone ? undefined : wait(due.attempts.length + 1)
    return keep(due, attempt, seconds === undefined ? 'failed' : 'waiting', seconds)
  }

  async function keep(due: Due, attempt: DeliveryAttempt, state: DeliveryState, seconds = 0) {
    const attempts = JSON.stringify([...due.attempts, attempt])
    await sql`
      update webhook_deliveries
      set attempts = ${attempts}::text::jsonb, state = ${state}, next_at = now() + make_interval(secs => ${seconds})
      where id = ${due.deliveryId}`
  }

  const endLooking = await looking.begin(sql, webhooksChannel)
  return {
    /** Waits for what is being sent. */
    async close() {
      await endLooking()
      await Promise.all(sending)
    },
  }
}

/** A report, in the form of Standard Webhooks. */
function messageOf(due: Due) {
  const { endpoint, output, endedAt } = due
  const job = summaryOf(due)
  const whole = output !== null && output.length <= maxPredictions && hasEnded(due.state)
  return {
    type: `prediction_job.${job.status}`,
    timestamp: endedAt?.toISOString(),
    data: { endpoint, job, ...(whole && { predictions: JSON.parse(output) as unknown }) },
  }
}
