import type { Spool } from './spool'

const defaultQuota = 2 ** 30

/** What all events that wait for web may hold on this machine's disk: `CELLAR_SPOOL_QUOTA` in bytes, or 1 GiB. */
export const spoolQuota = () => Number(process.env.CELLAR_SPOOL_QUOTA) || defaultQuota

/**
 * Says whether a notebook's events have room on disk. One notebook may fill a quarter of it, so that a loop that prints
 * leaves room for the others. Once it was full it has room again below three quarters: what was left out is then said
 * once, not at each event that web takes.
 */
export function createRoom(quota: number, spools: () => Iterable<Pick<Spool, 'waiting'>>) {
  const full = new WeakSet<object>()
  return (own: Pick<Spool, 'waiting'>): boolean => {
    let all = 0
    for (const each of spools()) all += each.waiting()
    const share = Math.max(own.waiting() / (quota / 4), all / quota)
    if (share >= 1) full.add(own)
    else if (share < 0.75) full.delete(own)
    return full.has(own)
  }
}
