import type { ModelChild } from './model-child'

/**
 * A version and what it is made of. Versions have children of their own even where their artifacts are alike: another
 * workspace's code must not see this one's records.
 */
export type Model = { versionId: string; artifact: string }

export type Pool = {
  /**
   * A child that holds a version, started if need be: the one with the least to do of at most `copies`, which is 1 unless
   * given. Rejects when it cannot be loaded.
   */
  use<T>(model: Model, run: (child: ModelChild) => Promise<T>, copies?: number): Promise<T>
  /** Takes over a child that holds the version already, or ends it where one does. */
  adopt(model: Model, child: ModelChild): void
  /** The children that have loaded their version. */
  loaded(): ModelChild[]
  close(): Promise<void>
}

export type PoolOptions = {
  /** Starts a child and loads the version into it. */
  start: (model: Model) => Promise<ModelChild>
  /** Children that live at once; more only while all of them are busy. Default 8. */
  maxChildren?: number
  /** Resident memory of all of them, bytes. Default 4 GiB. */
  maxBytes?: number
  /** A child that nobody called for so long ends, milliseconds. Default 10 minutes. */
  idleMs?: number
}

type Entry = {
  versionId: string
  starting: Promise<ModelChild>
  child?: ModelChild
  busy: number
  usedAt: number
}

const sweepMs = 5_000

/** Model children by version. The one that was called last stays longest; a dead one is replaced at the next call. */
export function createPool({
  start,
  maxChildren = 8,
  maxBytes = 4 * 2 ** 30,
  idleMs = 600_000,
}: PoolOptions): Pool {
  /** In order of use: the first is the one unused for longest. */
  const entries = new Set<Entry>()
  const sweeper = setInterval(sweep, Math.min(sweepMs, idleMs)).unref()
  let closed = false

  function open({ versionId }: Model, starting: Promise<ModelChild>): Entry {
    const entry: Entry = { versionId, starting, busy: 0, usedAt: performance.now() }
    entry.starting.then(
      (child) => {
        entry.child = child
        child.ended.then(() => entries.delete(entry))
      },
      () => entries.delete(entry),
    )
    entries.add(entry)
    return entry
  }

  function pick(model: Model, copies: number): Entry {
    const held = [...entries].filter(({ versionId }) => versionId === model.versionId)
    const idlest = held.reduce<Entry | undefined>(
      (best, each) => (best && best.busy <= each.busy ? best : each),
      undefined,
    )
    if (idlest && (idlest.busy === 0 || held.length >= copies)) return idlest
    return open(model, start(model))
  }

  /** Ends idle children, oldest first, for as long as `wanted` says so. */
  function evict(wanted: (entry: Entry) => boolean) {
    for (const entry of [...entries]) {
      if (entry.busy > 0 || !entry.child || !wanted(entry)) continue
      entries.delete(entry)
      entry.child.kill()
    }
  }

  function sweep() {
    const before = performance.now() - idleMs
    evict(({ usedAt }) => usedAt <= before)
    if (entries.size < 2) return
    let bytes = [...entries].reduce((sum, { child }) => sum + (child?.memory() ?? 0), 0)
    evict((entry) => {
      if (bytes <= maxBytes) return false
      bytes -= entry.child!.memory()
      return true
    })
  }

  return {
    async use(model, run, copies = 1) {
      if (closed) throw new Error('the worker is ending')
      const entry = pick(model, copies)
      entry.busy++
      entry.usedAt = performance.now()
      // Last in the order of use.
      entries.delete(entry)
      entries.add(entry)
      evict(() => entries.size > maxChildren)
      try {
        return await run(await entry.starting)
      } finally {
        entry.busy--
        entry.usedAt = performance.now()
      }
    },
    adopt(model, child) {
      if (closed || [...entries].some(({ versionId }) => versionId === model.versionId)) return child.kill()
      open(model, Promise.resolve(child)).child = child
      evict(() => entries.size > maxChildren)
    },
    loaded: () => [...entries].flatMap(({ child }) => child ?? []),
    async close() {
      closed = true
      clearInterval(sweeper)
      await Promise.all(
        [...entries].map(async ({ starting }) => {
          const child = await starting.catch(() => undefined)
          child?.kill()
          await child?.ended
        }),
      )
    },
  }
}
