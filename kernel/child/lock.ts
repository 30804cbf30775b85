/**
 * Keeps a termination out of a write: a frame cut in half would spoil the pipe. Shared by the main thread, which
 * writes, and the supervisor, which terminates. Each announces itself first and then looks at the other, so that
 * with sequentially consistent atomics at least one of them sees the other and steps back.
 */
export type LockMemory = SharedArrayBuffer

const WRITING = 0
const TERMINATING = 1

export const createLockMemory = (): LockMemory => new SharedArrayBuffer(8)

/** The main thread's side. */
export function createWriterLock(memory: LockMemory) {
  const cells = new Int32Array(memory)
  return {
    enter() {
      Atomics.store(cells, WRITING, 1)
      while (Atomics.load(cells, TERMINATING) === 1) {
        Atomics.store(cells, WRITING, 0)
        // The termination lands here, or is called off.
        Atomics.wait(cells, TERMINATING, 1, 5)
        Atomics.store(cells, WRITING, 1)
      }
    },
    leave() {
      Atomics.store(cells, WRITING, 0)
    },
  }
}

/** The supervisor's side. */
export function createTerminatorLock(memory: LockMemory) {
  const cells = new Int32Array(memory)
  return {
    /** False while the main thread writes: ask again soon. */
    enter() {
      Atomics.store(cells, TERMINATING, 1)
      if (Atomics.load(cells, WRITING) === 0) return true
      this.leave()
      return false
    },
    leave() {
      Atomics.store(cells, TERMINATING, 0)
      Atomics.notify(cells, TERMINATING)
    },
  }
}
