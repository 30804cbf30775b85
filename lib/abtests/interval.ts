/** A share with its 95 % interval by Wilson's score (E. B. Wilson, 1927): right also for few trials and near 0 or 1. */
export type Share = { share: number; low: number; high: number }

/** 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054

/** `undefined` without trials. */
export function wilson(successes: number, trials: number): Share | undefined {
  if (trials === 0) return undefined
  const share = successes / trials
  const scale = 1 + z ** 2 / trials
  const centre = (share + z ** 2 / (2 * trials)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
