import { delay } from './delay'
import type { Server } from './server'

/**
 * Starts a server, and again whenever it ends by itself: after 0.1 s at first, up to 5 s when starting fails.
 * It keeps its address, so that its clients find it again.
 * @param start as `startPostgres` and `startRedis`, which recover what a killed server left
 * @param say told of each end and each failed start
 */
export async function keepRunning(name: string, start: () => Promise<Server>, say: (line: string) => void) {
  let server = await start()
  const { url } = server
  let stopping = false
  const watching = watch()

  async function watch() {
    for (;;) {
      await server.ended()
      if (stopping) return
      say(`${name} ended by itself; it starts again`)
      for (let wait = 100; ; wait = Math.min(5_000, wait * 2)) {
        await delay(wait)
        if (stopping) return
        try {
          server = await start()
          break
        } catch (error) {
          say(`${name} did not start: ${error instanceof Error ? error.message : error}`)
        }
      }
      if (server.url !== url)
        say(`${name} came back at another port, because its own was taken; stop Cellar and run: npm start`)
    }
  }

  return {
    url,
    pid: () => server.pid,
    async stop() {
      stopping = true
      await server.stop()
      await watching
      // A start that was under way when it was told to stop.
      await server.stop()
    },
  }
}

export type Kept = Awaited<ReturnType<typeof keepRunning>>
