import type { Sql } from 'postgres'

/** How often it looks for work whose runner has died, or whose word was lost, milliseconds. */
const lookMs = 1000

/** Looks for work in the database, one look at a time; a word that comes meanwhile is not lost. */
export function createLooking(take: () => Promise<void>) {
  let closing = false
  let looking: Promise<void> | undefined
  let again = false

  function look() {
    if (closing) return
    again = looking !== undefined
    looking ??= take().finally(() => {
      looking = undefined
      if (again) look()
    })
  }

  return {
    look,
    isClosing: () => closing,
    /** Looks now, at each word of a channel, and every second. What it resolves to ends that, after the last look. */
    async begin(
      sql: Sql,
      channel: string,
      onWord: (word: string) => void = look,
    ): Promise<() => Promise<void>> {
      const looks = setInterval(look, lookMs)
      const listening = await sql.listen(channel, onWord, look)
      return async () => {
        closing = true
        clearInterval(looks)
        await listening.unlisten().catch(() => {})
        await looking
      }
    },
  }
}
