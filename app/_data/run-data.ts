import { Worker } from 'bullmq'
import { type DataJob, type DataReply, dataQueue } from '../../lib/datasets/questions'
import { workerTimes } from '../../lib/queues'
import { connectRedis, redisReady } from '../../lib/redis'
import { Refused } from '../../lib/refused'
import type { DataContext } from './context'
import type { QuestionHandler } from './question'
import { handlers } from './questions'

/** Questions at once: slow ones keep no page of a grid waiting. Figures wait for one another (`questions/explore`). */
const concurrency = 32

/** Answers questions until it is closed. Resolves when it is ready for the first. */
export async function runData(
  redisUrl: string,
  context: DataContext,
  warn: (message: string, error?: unknown) => void,
) {
  const redis = connectRedis(redisUrl)
  await redisReady(redis)
  const worker = new Worker<DataJob, DataReply>(dataQueue, ({ data }) => reply(data, context, warn), {
    connection: redis,
    concurrency,
    ...workerTimes,
  })
  worker.on('error', (error) => warn('the queue of questions about data sets', error))
  await worker.waitUntilReady()
  return {
    async close() {
      await worker.close()
      redis.disconnect()
    },
  }
}

/** Answers one question; what is refused is an answer, too. */
export async function reply(
  { question, ask }: DataJob,
  context: DataContext,
  warn: (message: string, error?: unknown) => void,
): Promise<DataReply> {
  const handler = handlers[question] as QuestionHandler<never> | undefined
  if (!handler)
    return { ok: false, status: 400, code: 'bad_request', message: `unknown question: ${question}` }
  const { success, data, error } = handler.ask.safeParse(ask)
  if (!success) return { ok: false, status: 400, code: 'bad_request', message: error.issues[0]!.message }
  try {
    return { ok: true, answer: await handler.answer(data, context) }
  } catch (error) {
    if (error instanceof Refused) {
      const { status, code, message, fields } = error
      return { ok: false, status, code, message, fields }
    }
    warn(`the question ${question} could not be answered`, error)
    const message = 'this could not be computed; try again, and look into the log of data when it stays'
    return { ok: false, status: 503, code: 'data_failed', message }
  }
}
