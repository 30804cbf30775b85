import type { Converters } from '../../protocol/study'
import type { Studies } from '../study'

/** Packages are not installed by the minute. */
const keptMs = 60_000

let known: { at: number; converters: Promise<Converters | null> } | undefined

/** What the workers' machine has for Python's formats; null where there is no Python, or no worker says. */
export function knownConverters(studies: Studies, now = Date.now()): Promise<Converters | null> {
  if (known && now - known.at < keptMs) return known.converters
  const converters = studies.ask({ type: 'converters' }).then(
    (reply) => reply.converters,
    () => {
      known = undefined
      return null
    },
  )
  known = { at: now, converters }
  return converters
}
