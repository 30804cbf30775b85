import type { PredictItemReply, PredictJob, PredictReply } from '../../lib/protocol/serving'
import { type ModelChild, ModelDied, type ModelError, type Predicted } from './model-child'
import type { Pool } from './pool'

type Item = PredictJob['items'][number]
type Reply = Predicted | ModelError | ModelDied
type Failure = Extract<PredictItemReply, { error: unknown }>['error']

/** A request that kills its model child may do so twice in a batch; what is left then is not tried. */
const deathsAllowed = 2

/**
 * Runs a batch in its model child: all requests in one call, and in smaller ones where that fails, so that a request
 * that the model cannot take fails alone. Never rejects: every request gets its reply. `now`: milliseconds since 1970.
 */
export async function runBatch(
  pool: Pool,
  jobId: string,
  {
    versionId,
    artifact,
    items,
    batchSize = Number.POSITIVE_INFINITY,
    concurrency,
  }: Omit<PredictJob, 'reply'>,
  now: () => number = Date.now,
): Promise<PredictReply> {
  const replies: PredictItemReply[] = []
  let [modelMs, loadMs] = [0, 0]
  const fail = ({ requestId }: Item, error: Failure) => replies.push({ requestId, error })
  const isLive = (item: Item) => {
    if (item.deadline > now()) return true
    fail(item, { code: 'expired', message: 'its deadline passed before a worker came to it' })
    return false
  }

  /** Why the model cannot be loaded; then nothing is tried again. */
  let unloadable: ModelError | undefined

  async function call(group: Item[]): Promise<Reply> {
    const records = group.length === 1 ? group[0]!.records : group.flatMap((item) => item.records)
    let loaded = false
    const asked = performance.now()
    try {
      const use = (child: ModelChild) => {
        loaded = true
        loadMs += performance.now() - asked
        return predict(child, records)
      }
      return await pool.use({ versionId, artifact }, use, concurrency)
    } catch (error) {
      if (error instanceof ModelDied) return error
      const message = error instanceof Error ? error.message : String(error)
      const failed = {
        type: 'error',
        n: 0,
        code: 'model',
        message: `the model could not be loaded: ${message}`,
      } as const
      if (!loaded) unloadable = failed
      return failed
    }
  }

  /** In calls of at most `batchSize` records: one request may hold more. */
  async function predict(child: ModelChild, records: unknown[]): Promise<Reply> {
    let whole: Predicted | undefined
    for (let at = 0; at === 0 || at < records.length; at += batchSize) {
      const part = records.length > batchSize ? records.slice(at, at + batchSize) : records
      const reply = await child.predict(part)
      if (reply instanceof ModelDied || reply.type === 'error') return reply
      modelMs += reply.ms
      const checked = checkCount(reply, part.length)
      if (checked instanceof ModelDied || checked.type === 'error') return checked
      whole = whole ? { ...whole, predictions: [...whole.predictions, ...checked.predictions] } : checked
    }
    return whole!
  }

  function settle(group: Item[], { predictions }: Predicted) {
    let at = 0
    for (const { requestId, records } of group) {
      replies.push({ requestId, predictions: predictions.slice(at, at + records.length) })
      at += records.length
    }
  }

  let deaths = 0
  /** Halves what the model refuses, until what it cannot take stands alone. After a death each is tried alone: it costs a new process. */
  async function run(group: Item[]): Promise<void> {
    if (group.length === 0) return
    const reply = await call(group)
    if (!(reply instanceof ModelDied) && reply.type === 'predictions') return settle(group, reply)
    if (reply instanceof ModelDied) deaths++
    if (group.length === 1 || unloadable) {
      for (const item of group) fail(item, failure(reply))
      return
    }
    const parts = reply instanceof ModelDied ? group.map((item) => [item]) : halves(group)
    for (const part of parts) {
      if (deaths > deathsAllowed)
        for (const item of part)
          fail(item, { code: 'model', message: 'the model ended again and again; try this request again' })
      else await run(part.filter(isLive))
    }
  }

  await run(items.filter(isLive))
  return { jobId, modelMs, loadMs, items: replies }
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

function halves(group: Item[]) {
  const middle = group.length >> 1
  return [group.slice(0, middle), group.slice(middle)]
}
