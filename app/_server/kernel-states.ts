import type { Database } from '../../lib/db'
import { endRuns, recordTracked, type TrackedEvent } from '../../lib/experiments/record'
import { cleanEvent, type StoredEvent } from '../../lib/kernels/clean'
import { endEpoch } from '../../lib/kernels/end'
import { loadState } from '../../lib/kernels/load'
import { storeCleaned } from '../../lib/kernels/store'
import { findSuperseded, type Latest, nothingYet, type Superseded } from '../../lib/kernels/superseded'
import { applyEvents, type NotebookState } from '../../lib/notebook/state'
import { comparePositions, type KernelEvent, type Position } from '../../lib/protocol/events'
import { type Commits, createCommits } from './commits'
import { createRecent, type Recent } from './recent-events'
import { createTrimmer, type Trimmer } from './trimmer'

export type OpenKernel = {
  state(): NotebookState
  /** What a reader lacks who has the events up to `after`, or who has none. */
  since(after?: Position): { events: KernelEvent[] } | { state: NotebookState }
  release(): void
}

export type KernelStates = {
  /** Each call is answered by one `release` of what it gave. */
  open(notebookId: string): Promise<OpenKernel>
  /** Folds events and hands on at once those that are new; resolves after the commit of all of them. */
  receive(notebookId: string, events: KernelEvent[]): Promise<void>
  forget(notebookId: string): void
  settled(): Promise<void>
}

type Loaded = {
  current: NotebookState
  recent: Recent
  latest: Latest
  trimmer: Trimmer
  commits: Commits<Batch>
}
type Entry = { loading: Promise<Loaded>; users: number }
type Batch = { events: StoredEvent[]; superseded: Superseded[] }

/** Pages have the events already and their host keeps them until the commit, so a commit may wait for those that follow. */
const lingerMs = 25

/** The kernels' folded states, and the way of their events into the database. */
export function createKernelStates(
  db: Database,
  broadcast: (notebookId: string, events: KernelEvent[]) => void,
): KernelStates {
  /** `users`: readers, and deliveries under way. While there are any, a notebook must have one state and no second. */
  const kernels = new Map<string, Entry>()

  async function load(notebookId: string): Promise<Loaded> {
    const current = await loadState(notebookId, db)
    const recent = createRecent(current.position)
    const write = async (batches: Batch[]) => {
      const events = batches.flatMap(({ events }) => events)
      const tracked = events.map(({ event }) => event).filter(isTracked)
      await storeCleaned(
        notebookId,
        events.map((stored) => (isTracked(stored.event) ? withoutNews(stored.event) : stored)),
        batches.flatMap(({ superseded }) => superseded),
        db,
      )
      if (tracked.length > 0) await recordTracked(notebookId, tracked, db)
    }
    return {
      current,
      recent,
      latest: nothingYet(),
      trimmer: createTrimmer(notebookId, db),
      commits: createCommits(write, { most: 100, lingerMs }),
    }
  }

  /** Counts a user at once, so that nothing is dropped while it loads. */
  async function acquire(notebookId: string): Promise<{ kernel: Loaded; release(): void }> {
    const entry = kernels.get(notebookId) ?? { loading: load(notebookId), users: 0 }
    kernels.set(notebookId, entry)
    entry.users++
    const drop = () => kernels.get(notebookId) === entry && kernels.delete(notebookId)
    const kernel = await entry.loading.catch((error) => {
      drop()
      throw error
    })
    let released = false
    const release = () => {
      if (released) return
      released = true
      if (--entry.users === 0 && !isAlive(kernel.current)) drop()
    }
    return { kernel, release }
  }

  async function receive(notebookId: string, received: KernelEvent[]) {
    const { kernel, release } = await acquire(notebookId)
    await take(notebookId, kernel, received).finally(release)
  }

  async function take(notebookId: string, kernel: Loaded, received: KernelEvent[]) {
    const events = received.map(cleanEvent)
    const fresh = events
      .map(({ event }) => event)
      .filter((event) => comparePositions(event, kernel.current.position) > 0)
    // No await from here to the broadcast: who joins sees each event either in the state or after it.
    kernel.current = applyEvents(kernel.current, fresh)
    kernel.recent.add(fresh)
    if (fresh.length)
      broadcast(
        notebookId,
        fresh.map((event) => (isTracked(event) ? withoutNews(event).event : event)),
      )
    // A repeated event is stored again, too: its first commit may have failed.
    await kernel.commits.add({ events, superseded: findSuperseded(fresh, kernel.latest) })
    await kernel.trimmer.count(fresh)
    for (const event of fresh) {
      if (event.type !== 'status') continue
      const over = event.state === 'dead' || event.state === 'stopped'
      if (over || event.state === 'restarting') await endRuns(notebookId, event.epoch, db)
      if (over) await endEpoch(notebookId, event.epoch, event.reason ?? event.state, db)
    }
  }

  return {
    async open(notebookId) {
      const { kernel, release } = await acquire(notebookId)
      return {
        release,
        state: () => kernel.current,
        since(after) {
          const events = after && kernel.recent.since(after, kernel.current.position)
          return events ? { events } : { state: kernel.current }
        },
      }
    },
    receive,
    forget: (notebookId) => void kernels.delete(notebookId),
    async settled() {
      for (const { loading } of [...kernels.values()]) await (await loading).commits.settled()
    },
  }
}

const isTracked = (event: KernelEvent): event is TrackedEvent => event.type === 'tracked'

/** The run's own tables hold what was recorded; its event only keeps the numbers without a gap. */
function withoutNews(event: TrackedEvent): StoredEvent {
  const slim = { ...event, news: { run: event.news.run } }
  return { event: slim, json: JSON.stringify(slim) }
}

/** Whether a kernel has begun and not ended, as far as its events say. */
export const isAlive = ({ kernel: { state } }: NotebookState) => state !== 'dead' && state !== 'stopped'
