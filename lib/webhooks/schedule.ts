/** How long after each attempt the next one is made, seconds: as Standard Webhooks advises, over three days. */
const waits = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600]

/** Seconds until the next attempt after so many; undefined when that was the last. */
export function waitAfter(attempts: number, random = Math.random): number | undefined {
  const wait = waits[attempts - 1]
  // Receivers that came back are not asked by all at once.
  return wait && wait * (0.9 + 0.2 * random())
}
