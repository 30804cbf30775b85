import type { ModelChild } from './model-child'

export type Pool = {
  /** The child that holds an artifact, started if need be. Rejects when it cannot be loaded. */
  use<T>(artifact: string, run: (child: ModelChild) => Promise<T>): Promise<T>
  /** Takes over a child that holds the artifact already, or ends it where one does. */
  adopt(artifact: string, child: ModelChild): void
  /** The children that have loaded their artifact. */
  loaded(): ModelChild[]
  close(): Promise<void>
}

export type PoolOptions = {
  /** Starts a child and loads the artifact into it. */
  start: (artifact: string) => Promise<ModelChild>
  /** Children that live at once; more only while all of them are busy. Default 8. */
  maxChildren?: number
  /** Resident memory of all of them, bytes. Default 4 GiB. */
  maxBytes?: number
  /** A child that nobody called for so long ends, milliseconds. Default 10 minutes. */
  idleMs?: number
}

type Entry = {
  artifact: string
  starting: Promise<ModelChild>
  child?: ModelChild
  busy: number
  usedAt: number
}

const sweepMs = 5_000

/** Model children by artifact. The one that was called last stays longest; a dead one is replaced at the next call. */
export function createPool({
  start,
  maxChildren = 8,
  maxBytes = 4 * 2 ** 30,
  idleMs = 600_000,
}: PoolOptions): Pool {
  /** In order of use: the first is the one unused for longest. */
  const entries = new Map<string, Entry>()
  const sweeper = setInterval(sweep, Math.min(sweepMs, idleMs)).unref()
  let closed = false

  function open(artifact: string, starting: Promise<ModelChild>): Entry {
    const entry: Entry = { artifact, starting, busy: 0, usedAt: performance.now() }
    entry.starting.then(
      (child) => {
        entry.child = child
        child.ended.then(() => forget(entry))
      },
      () => forget(entry),
    )
    entries.set(artifact, entry)
    return entry
  }

  function forget(entry: Entry) {
    if (entries.get(entry.artifact) === entry) entries.delete(entry.artifact)
  }

  /** Ends idle children, oldest first, for as long as `wanted` says so. */
  function evict(wanted: (entry: Entry) => boolean) {
    for (const entry of [...entries.values()]) {
      if (entry.busy > 0 || !entry.child || !wanted(entry)) continue
      forget(entry)
      entry.child.kill()
    }
  }

  function sweep() {
    const before = performance.now() - idleMs
    evict(({ usedAt }) => usedAt <= before)
    if (entries.size < 2) return
    let bytes = [...entries.values()].reduce((sum, { child }) => sum + (child?.memory() ?? 0), 0)
    evict((entry) => {
      if (bytes <= maxBytes) return false
      bytes -= entry.child!.memory()
      return true
    })
  }

  return {
    async use(artifact, run) {
      if (closed) throw new Error('the worker is ending')
      const entry = entries.get(artifact) ?? open(artifact, start(artifact))
      entry.busy++
      entry.usedAt = performance.now()
      entries.delete(artifact)
      entries.set(artifact, entry)
      evict(() => entries.size > maxChildren)
      try {
        return await run(await entry.starting)
      } finally {
        entry.busy--
        entry.usedAt = performance.now()
      }
    },
    adopt(artifact, child) {
      if (closed || entries.has(artifact)) return child.kill()
      open(artifact, Promise.resolve(child)).child = child
      evict(() => entries.size > maxChildren)
    },
    loaded: () => [...entries.values()].flatMap(({ child }) => child ?? []),
    async close() {
      closed = true
      clearInterval(sweeper)
      await Promise.all(
        [...entries.values()].map(async ({ starting }) => {
          const child = await starting.catch(() => undefined)
          child?.kill()
          await child?.ended
        }),
      )
    },
  }
}
