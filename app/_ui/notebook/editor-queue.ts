/** Does one thing after the other, each in an idle moment of the page, so that none of them holds up a scroll. */
export function createEditorQueue(idle: (run: () => void) => void = whenIdle) {
  const waiting: (() => void)[] = []
  let asked = false

  function ask() {
    if (asked || waiting.length === 0) return
    asked = true
    idle(() => {
      asked = false
      waiting.shift()?.()
      ask()
    })
  }

  /** Adds something, in front of all that waits where it is urgent. Returns what takes it back. */
  return function add(run: () => void, urgent = false): () => void {
    if (urgent) waiting.unshift(run)
    else waiting.push(run)
    ask()
    return () => {
      const at = waiting.indexOf(run)
      if (at >= 0) waiting.splice(at, 1)
    }
  }
}

// Safari has no idle callbacks.
const whenIdle = (run: () => void) => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 400 })
  else setTimeout(run, 16)
}

/** Mounts editors. */
export const queueEditor = createEditorQueue()
