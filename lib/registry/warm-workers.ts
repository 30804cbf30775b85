import { randomUUID } from 'node:crypto'
import { type WarmRequest, warmChannel } from '../protocol/warm'
import { connectRedis } from '../redis'

/** Longer than a load mostly takes; who waits is told no later. */
const warmMs = 10_000

export type Warmer = {
  /**
   * Has every worker load a version, and resolves when they have or the time is over. Never rejects: a worker that is late
   * loads at its first request.
   */
  warm(model: { versionId: string; artifact: string }): Promise<void>
  close(): Promise<void>
}

/** Close it with the process. */
export function createWarmer(redisUrl: string): Warmer {
  const sender = connectRedis(redisUrl, 'prompt')
  const listener = connectRedis(redisUrl)
  const channel = `warmed:${randomUUID()}`
  const heard = new Map<string, () => void>()
  listener.on('message', (_channel: string, id: string) => heard.get(id)?.())
  const listening = listener.subscribe(channel).then(
    () => true,
    () => false,
  )

  async function warm({ versionId, artifact }: { versionId: string; artifact: string }) {
    const id = randomUUID()
    const request: WarmRequest = { id, versionId, artifact, reply: channel }
    let replies = 0
    let workers = Number.POSITIVE_INFINITY
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, warmMs)
      const check = () => {
        if (replies < workers) return
        clearTimeout(timer)
        resolve()
      }
      // Known before it is sent: a reply may come before Redis says how many were told.
      heard.set(id, () => {
        replies++
        check()
      })
      listening
        .then(() => sender.publish(warmChannel(sender), JSON.stringify(request)))
        .then((told) => {
          workers = told
          check()
        })
        .catch((error) => {
          clearTimeout(timer)
          reject(error)
        })
    })
      .catch(() => {})
      .finally(() => heard.delete(id))
  }

  return {
    warm,
    async close() {
      sender.disconnect()
      listener.disconnect()
    },
  }
}
