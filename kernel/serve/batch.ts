import type { PredictItemReply, PredictJob, PredictReply } from '../../lib/protocol/serving'
import { type ModelChild, ModelDied, type ModelError, type Predicted } from './model-child'
import type { Pool } from './pool'

type Item = PredictJob['items'][number]
type Reply = Predicted | ModelError | ModelDied
type Failure = Extract<PredictItemReply, { error: unknown }>['error']

/** A request that kills its model child may do so twice in a batch; what is left then is not tried. */
const deathsAllowed = 2

/**
 * Runs a batch in its model child: all requests in one call, and each alone where that fails, so that a request
 * that the model cannot take fails alone. Never rejects: every request gets its reply. `now`: milliseconds since 1970.
 */
export async function runBatch(
  pool: Pool,
  jobId: string,
  { artifact, items }: Pick<PredictJob, 'artifact' | 'items'>,
  now: () => number = Date.now,
): Promise<PredictReply> {
  const replies: PredictItemReply[] = []
  let modelMs = 0
  const fail = ({ requestId }: Item, error: Failure) => replies.push({ requestId, error })
  const isLive = (item: Item) => {
    if (item.deadline > now()) return true
    fail(item, { code: 'expired', message: 'its deadline passed before a worker came to it' })
    return false
  }

  async function call(group: Item[]): Promise<Reply> {
    const records = group.length === 1 ? group[0]!.records : group.flatMap((item) => item.records)
    try {
      const reply = await pool.use(artifact, (child: ModelChild) => child.predict(records))
      if (reply instanceof ModelDied || reply.type === 'error') return reply
      modelMs += reply.ms
      return checkCount(reply, records.length)
    } catch (error) {
      if (error instanceof ModelDied) return error
      const message = error instanceof Error ? error.message : String(error)
      return { type: 'error', n: 0, code: 'model', message: `the model could not be loaded: ${message}` }
    }
  }

  function settle(group: Item[], { predictions }: Predicted) {
    let at = 0
    for (const { requestId, records } of group) {
      replies.push({ requestId, predictions: predictions.slice(at, at + records.length) })
      at += records.length
    }
  }

  const live = items.filter(isLive)
  if (live.length === 0) return { jobId, modelMs, items: replies }
  const whole = await call(live)
  if (!(whole instanceof ModelDied) && whole.type === 'predictions') settle(live, whole)
  else if (live.length === 1) fail(live[0]!, failure(whole))
  else {
    let deaths = whole instanceof ModelDied ? 1 : 0
    for (const item of live) {
      if (deaths > deathsAllowed) {
        fail(item, { code: 'model', message: 'the model ended again and again; try this request again' })
        continue
      }
      if (!isLive(item)) continue
      const alone = await call([item])
      if (alone instanceof ModelDied) deaths++
      if (!(alone instanceof ModelDied) && alone.type === 'predictions') settle([item], alone)
      else fail(item, failure(alone))
    }
  }
  return { jobId, modelMs, items: replies }
}

function checkCount(reply: Predicted, records: number): Reply {
  const got = Array.isArray(reply.predictions) ? reply.predictions.length : 0
  if (got === records) return reply
  const message = `the model gave ${got} predictions for ${records} records`
  return { type: 'error', n: reply.n, code: 'model', message }
}

function failure(reply: Exclude<Reply, Predicted> | Reply): Failure {
  if (reply instanceof ModelDied) return { code: 'model', message: reply.message }
  if (reply.type === 'error') return { code: reply.code, message: reply.message }
  return { code: 'model', message: 'the model gave no answer' }
}
