/** What is done first: editors on what is seen, then what is about to be seen, its editors, then what may be scrolled to. */
export type Rank = 'seen' | 'near' | 'editor' | 'later'
const ranks: Rank[] = ['seen', 'near', 'editor', 'later']

/** Does one thing after the other, each in an idle moment of the page, so that none of them holds up a scroll. */
export function createIdleQueue(idle: (run: () => void) => void = whenIdle) {
  const waiting: Record<Rank, Set<() => void>> = {
    seen: new Set(),
    near: new Set(),
    editor: new Set(),
    later: new Set(),
  }
  let asked = false

  function ask() {
    if (asked || ranks.every((rank) => waiting[rank].size === 0)) return
    asked = true
    idle(() => {
      asked = false
      const rank = ranks.find((rank) => waiting[rank].size > 0)
      const [run] = rank ? waiting[rank] : []
      if (rank && run) {
        waiting[rank].delete(run)
        run()
      }
      ask()
    })
  }

  /** Adds something. Returns what takes it back. */
  return function add(rank: Rank, run: () => void): () => void {
    waiting[rank].add(run)
    ask()
    return () => void waiting[rank].delete(run)
  }
}

// Safari has no idle callbacks.
const whenIdle = (run: () => void) => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 200 })
  else setTimeout(run, 8)
}

/** The one queue of the page. */
export const whenPageIsIdle = createIdleQueue()
