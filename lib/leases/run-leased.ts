import type { Sql } from 'postgres'
import { createLooking } from './looking'
import { NotOurs } from './not-ours'

/** Work whose rows a runner takes for as long as it says that it lives. */
export type Leased<Kind extends string, Item extends { id: string }> = {
  sql: Sql
  /** Says that there is work; `cancelled`: that some of it is over. */
  channel: string
  leaseSeconds: number
  /** Kinds of work in the order in which they are looked for, with how much of each at once; 0 where none is done here. */
  concurrency: Readonly<Record<Kind, number>>
  /** What one of them is called, and what becomes of one whose runner stopped: for warnings. */
  words: { one: string; stopped: string }
  /** Takes what nobody works at. */
  claim(kind: Kind, count: number): Promise<Item[]>
  /** Works at one; over once `signal` is aborted, because it was cancelled, has become another's, or all is closed. */
  run(item: Item, signal: AbortSignal): Promise<void>
  /** Says that the runner works at these. Resolves to those that are still its own. */
  renew(ids: string[]): Promise<ReadonlySet<string>>
  /** Gives back what the runner had begun. */
  release(): PromiseLike<unknown>
  warn: (message: string, error?: unknown) => void
}

/** Works until it is closed. How far each is stands in the database, so that another can always take it up. */
export async function runLeased<Kind extends string, Item extends { id: string }>({
  sql,
  channel,
  leaseSeconds,
  concurrency,
  words: { one, stopped },
  claim,
  run,
  renew,
  release,
  warn,
}: Leased<Kind, Item>) {
  const kinds = Object.keys(concurrency) as Kind[]
  const running = new Map<string, { kind: Kind; abort: AbortController; ended: Promise<void> }>()
  const looking = createLooking(takeAll)

  async function takeAll() {
    try {
      for (const kind of kinds) {
        const busy = [...running.values()].filter((each) => each.kind === kind).length
        if (busy >= concurrency[kind] || looking.isClosing()) continue
        for (const item of await claim(kind, concurrency[kind] - busy)) begin(item, kind)
      }
    } catch (error) {
      warn(`${one}s cannot be looked for, and are in a second`, error)
    }
  }

  function begin(item: Item, kind: Kind) {
    const abort = new AbortController()
    const ended = run(item, abort.signal)
      .catch((error) => warn(`${one} ${item.id} stopped, and is ${stopped}`, error))
      .finally(() => {
        running.delete(item.id)
        looking.look()
      })
    running.set(item.id, { kind, abort, ended })
  }

  async function renewAll() {
    // Those alone: what is claimed while the question is out is not in its answer.
    const ids = [...running.keys()]
    if (ids.length === 0) return
    try {
      const ours = await renew(ids)
      for (const id of ids) if (!ours.has(id)) running.get(id)?.abort.abort(new NotOurs())
    } catch (error) {
      warn('the database cannot be reached', error)
    }
  }

  const heartbeat = setInterval(renewAll, (leaseSeconds * 1000) / 3)
  const endLooking = await looking.begin(sql, channel, (word) =>
    word === 'cancelled' ? void renewAll() : looking.look(),
  )
  return {
    /** Stops where it is; what it had begun is another's at once. `closeTools`: what the runs wait for. */
    async close(closeTools: () => Promise<unknown> = async () => {}) {
      clearInterval(heartbeat)
      await endLooking()
      for (const { abort } of running.values()) abort.abort(new NotOurs())
      await closeTools()
      await Promise.all([...running.values()].map(({ ended }) => ended))
      await release()
    },
  }
}
