import { randomUUID } from 'node:crypto'
import { QueueEvents } from 'bullmq'
import { type PredictReply, predictQueue } from '../../../../lib/protocol/serving'
import { openPredictQueue } from '../../../../lib/queues'
import { connectRedis } from '../../../../lib/redis'
import { readReply } from '../../../../lib/serving/reply-of-job'

/** Asks workers for predictions of an artifact, without a gateway. */
export function createDispatcher(redisUrl: string) {
  const [sender, listener] = [connectRedis(redisUrl), connectRedis(redisUrl)]
  const queue = openPredictQueue(sender)
  const events = new QueueEvents(predictQueue, { connection: listener })
  return {
    async predict(artifact: string, records: unknown[]): Promise<unknown> {
      await events.waitUntilReady()
      const items = [{ requestId: randomUUID(), records: records as never, deadline: Date.now() + 60_000 }]
      const job = await queue.add(predictQueue, { versionId: '', artifact, items, reply: 'nobody' })
      await job.waitUntilFinished(events)
      const { reply } = await readReply(sender, queue.toKey(job.id!))
      const [item] = (JSON.parse(reply!) as PredictReply).items
      return 'predictions' in item! ? item.predictions : item
    },
    async close() {
      await events.close()
      await queue.close()
      sender.disconnect()
      listener.disconnect()
    },
  }
}
