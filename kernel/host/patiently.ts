import { setTimeout as sleep } from 'node:timers/promises'

const attempts = 60
const pauseMs = 5_000

/** A web that restarts is back within seconds; what is told meanwhile must not be lost. */
export const patiently =
  <T>(tell: (news: T) => Promise<void>) =>
  async (news: T): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await tell(news)
      } catch (error) {
        if (attempt === attempts) throw error
        await sleep(pauseMs)
      }
    }
  }
