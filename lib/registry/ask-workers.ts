import { type Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { connectRedis } from '../redis'

/** Jobs whose answer somebody waits for. Close it with the process. */
export type Asker<Job, Reply> = {
  /** `onStage` is told what a worker does with it. */
  ask(job: Job, onStage?: (stage: string) => void): Promise<Reply>
  close(): Promise<void>
}

/**
 * Asks the workers over a queue. Waiting on a job's end is fit for rare jobs only, whose results stay longer than anybody
 * waits, so that none can be removed before it is read. `what`: the job in words, for the error when no worker takes it.
 */
export function askWorkers<Job, Reply>(
  redisUrl: string,
  open: (connection: Redis) => Queue<Job, Reply>,
  { what, timeoutMs }: { what: string; timeoutMs: number },
): Asker<Job, Reply> {
  const sender = connectRedis(redisUrl)
  const listener = connectRedis(redisUrl)
  const queue = open(sender) as unknown as Queue
  const events = new QueueEvents(queue.name, { connection: listener })
  events.on('error', () => {})
  const followed = new Map<string, (stage: string) => void>()
  events.on('progress', ({ jobId, data }) => {
    if (typeof data === 'string') followed.get(jobId)?.(data)
  })
  return {
    async ask(job, onStage) {
      await events.waitUntilReady()
      const added = await queue.add(queue.name, job)
      if (onStage) followed.set(added.id!, onStage)
      try {
        return (await added.waitUntilFinished(events, timeoutMs)) as Reply
      } catch (cause) {
        if (!(await added.isWaiting().catch(() => false))) throw cause
        // Nobody would read its answer any more.
        await added.remove().catch(() => undefined)
        throw new Error(`no worker took the ${what} within ${timeoutMs / 1000} s`, { cause })
      } finally {
        followed.delete(added.id!)
      }
    },
    async close() {
      await events.close()
      await queue.close()
      sender.disconnect()
      listener.disconnect()
    },
  }
}
