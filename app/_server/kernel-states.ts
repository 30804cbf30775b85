import type { Database } from '../../lib/db'
import { cleanEvent, type StoredEvent } from '../../lib/kernels/clean'
import { endEpoch } from '../../lib/kernels/end'
import { loadState } from '../../lib/kernels/load'
import { storeCleaned } from '../../lib/kernels/store'
import { findSuperseded, type Latest, nothingYet, type Superseded } from '../../lib/kernels/superseded'
import { applyEvent, type NotebookState } from '../../lib/notebook/state'
import { comparePositions, type KernelEvent, type Position } from '../../lib/protocol/events'
import { type Commits, createCommits } from './commits'
import { createRecent, type Recent } from './recent-events'
import { createTrimmer, type Trimmer } from './trimmer'

export type OpenKernel = {
  state(): NotebookState
  /** What a reader lacks who has the events up to `after`, or who has none. */
  since(after?: Position): { events: KernelEvent[] } | { state: NotebookState }
}

export type KernelStates = {
  open(notebookId: string): Promise<OpenKernel>
  /** Folds events and hands on at once those that are new; resolves after the commit of all of them. */
  receive(notebookId: string, events: KernelEvent[]): Promise<void>
  /** Drops what nobody needs: called when the last reader has left. */
  release(notebookId: string): void
  forget(notebookId: string): void
  settled(): Promise<void>
}

type Loaded = OpenKernel & {
  current: NotebookState
  recent: Recent
  latest: Latest
  trimmer: Trimmer
  commits: Commits<Batch>
}
type Batch = { events: StoredEvent[]; superseded: Superseded[] }

/** The kernels' folded states, and the way of their events into the database. */
export function createKernelStates(
  db: Database,
  broadcast: (notebookId: string, events: KernelEvent[]) => void,
): KernelStates {
  const kernels = new Map<string, Promise<Loaded>>()

  async function load(notebookId: string): Promise<Loaded> {
    const current = await loadState(notebookId, db)
    const recent = createRecent(current.position)
    const write = (batches: Batch[]) =>
      storeCleaned(
        notebookId,
        batches.flatMap(({ events }) => events),
        batches.flatMap(({ superseded }) => superseded),
        db,
      )
    const loaded: Loaded = {
      current,
      recent,
      latest: nothingYet(),
      trimmer: createTrimmer(notebookId, db),
      commits: createCommits(write, 100),
      state: () => loaded.current,
      since(after) {
        const events = after && recent.since(after, loaded.current.position)
        return events ? { events } : { state: loaded.current }
      },
    }
    return loaded
  }

  function open(notebookId: string) {
    let loading = kernels.get(notebookId)
    if (!loading) {
      loading = load(notebookId)
      kernels.set(notebookId, loading)
      loading.catch(() => kernels.delete(notebookId))
    }
    return loading
  }

  async function receive(notebookId: string, received: KernelEvent[]) {
    const kernel = await open(notebookId)
    const events = received.map(cleanEvent)
    const fresh = events
      .map(({ event }) => event)
      .filter((event) => comparePositions(event, kernel.current.position) > 0)
    // No await from here to the broadcast: who joins sees each event either in the state or after it.
    for (const event of fresh) kernel.current = applyEvent(kernel.current, event)
    kernel.recent.add(fresh)
    if (fresh.length) broadcast(notebookId, fresh)
    // A repeated event is stored again, too: its first commit may have failed.
    await kernel.commits.add({ events, superseded: findSuperseded(fresh, kernel.latest) })
    await kernel.trimmer.count(fresh)
    for (const event of fresh) {
      if (event.type !== 'status' || (event.state !== 'dead' && event.state !== 'stopped')) continue
      await endEpoch(notebookId, event.epoch, event.reason ?? event.state, db)
    }
  }

  return {
    open,
    receive,
    release(notebookId) {
      void kernels.get(notebookId)?.then(async (kernel) => {
        await kernel.commits.settled()
        if (!isAlive(kernel.current)) kernels.delete(notebookId)
      })
    },
    forget: (notebookId) => void kernels.delete(notebookId),
    async settled() {
      for (const loading of [...kernels.values()]) await (await loading).commits.settled()
    },
  }
}

/** Whether a kernel has begun and not ended, as far as its events say. */
export const isAlive = ({ kernel: { state } }: NotebookState) => state !== 'dead' && state !== 'stopped'
