/**
 * Keeps a termination out of a write, since a frame cut in half would spoil the pipe, and out of what comes after the
 * execution it is meant for. Shared by the main thread, which writes, and the supervisor, which terminates. Each
 * announces itself first and then looks at the other, so that with sequentially consistent atomics at least one of them
 * sees the other and steps back.
 */
export type LockMemory = SharedArrayBuffer

const WRITING = 0
const TERMINATING = 1
/** The last execution whose end was said. */
const ENDED = 2
/** The last execution that Stop was pressed for. */
const ASKED = 3
/** No execution up to here begins any more: the last one that began, or that the host took back. */
const GATE = 4

export const createLockMemory = (): LockMemory => new SharedArrayBuffer(20)

/** Raises the gate to `n`; returns where it stood, which is `n` or more if it was there already. */
function raise(cells: Int32Array, n: number) {
  for (;;) {
    const gate = Atomics.load(cells, GATE)
    if (gate >= n || Atomics.compareExchange(cells, GATE, gate, n) === gate) return gate
  }
}

/** The main thread's side; may be entered again while it is held. */
export function createWriterLock(memory: LockMemory) {
  const cells = new Int32Array(memory)
  let depth = 0
  return {
    enter() {
      if (depth > 0) {
        depth++
        return
      }
      for (;;) {
        Atomics.store(cells, WRITING, 1)
        if (Atomics.load(cells, TERMINATING) === 0) break
        Atomics.store(cells, WRITING, 0)
        // The termination lands here, or is called off.
        Atomics.wait(cells, TERMINATING, 1, 5)
      }
      depth = 1
    },
    leave() {
      if (--depth === 0) Atomics.store(cells, WRITING, 0)
    },
    /** Frees the lock whatever was skipped; from the event loop, where nothing is being written. */
    release() {
      depth = 0
      Atomics.store(cells, WRITING, 0)
    },
    /** While it is held: execution `n` is over, and no termination that is meant for it may begin. */
    ended(n: number) {
      Atomics.store(cells, ENDED, n)
    },
    /** Whether execution `n` may begin: not if the host has taken it back. From now on it has begun. */
    begins: (n: number) => raise(cells, n) < n,
    /** Whether Stop was pressed for execution `n`: known even to code that never lets the event loop turn. */
    asked: (n: number) => Atomics.load(cells, ASKED) === n,
  }
}

/** The supervisor's side. */
export function createTerminatorLock(memory: LockMemory) {
  const cells = new Int32Array(memory)
  return {
    asked(n: number) {
      Atomics.store(cells, ASKED, n)
    },
    /** Lets no execution up to `n` begin any more. Returns the last that did, or that an earlier call meant. */
    takeBack: (n: number) => raise(cells, n),
    /** Whether execution `n` may be terminated now; `wait` while the main thread writes: ask again soon. */
    enter(n: number): 'entered' | 'wait' | 'over' {
      Atomics.store(cells, TERMINATING, 1)
      const free = Atomics.load(cells, WRITING) === 0
      const over = Atomics.load(cells, ENDED) >= n
      if (free && !over) return 'entered'
      this.leave()
      return over ? 'over' : 'wait'
    },
    leave() {
      Atomics.store(cells, TERMINATING, 0)
      Atomics.notify(cells, TERMINATING)
    },
  }
}
