import { Worker } from 'node:worker_threads'
import { createLockMemory, createWriterLock } from './lock'
import type { Answer, Question, SupervisorData } from './supervisor'

/** The main thread's side of Stop. */
export type Stop = {
  /** Grows at each Stop: an `await` that one came between throws. */
  state: { epoch: number }
  /** Held while a frame is written, or anything else that must not be cut in half: no termination comes between. */
  lock: { enter(): void; leave(): void }
  /** Whether a Stop waits for execution `n` to end. */
  asked(n: number): boolean
  /** Whether execution `n` may begin; the host may have taken it back. */
  admits(n: number): boolean
  /** Execution `n` was asked for: its end is owed. False if a Stop overtook it on its own pipe. */
  begin(n: number): boolean
  /** Says the end of execution `n`; a Stop either comes before, and `say` is asked for again, or is too late. */
  end(n: number, say: () => void): void
}

export type StopOptions = {
  controlFd: number
  supervisor: URL
  /** Ends what runs of execution `n`; called again while it goes on. */
  onStop: (n: number) => void
}

export function createStop({ controlFd, supervisor, onStop }: StopOptions): Stop {
  const memory = createLockMemory()
  const state = { epoch: 0 }
  // A termination that lands as a cell ends can hit the kernel's own code: an end is owed until it was said.
  const owed = new Set<number>()
  const cancelled = new Set<number>()
  let seen = 0

  const lock = createWriterLock(memory)
  const worker = new Worker(supervisor, {
    workerData: { fd: controlFd, lock: memory } satisfies SupervisorData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  })
  const answer = (message: Answer) => worker.postMessage(message)
  worker.on('message', ({ ask }: Question) => {
    // Nothing is being written: we are in the event loop. A termination may have skipped the release.
    lock.release()
    answer({ pong: true })
    if (ask > seen) cancelled.add(ask)
    if (!owed.has(ask)) return answer({ stopped: ask })
    state.epoch++
    onStop(ask)
  })
  worker.on('error', (error) => {
    throw error
  })
  worker.unref()

  return {
    state,
    lock,
    asked: lock.asked,
    admits: lock.begins,
    begin(n) {
      seen = Math.max(seen, n)
      owed.add(n)
      return !cancelled.delete(n)
    },
    end(n, say) {
      lock.enter()
      say()
      lock.ended(n)
      lock.leave()
      owed.delete(n)
      // Nobody asks at most ends, and a thread that is woken costs more than the cell; a question that comes after this is answered.
      if (lock.asked(n)) answer({ stopped: n })
    },
  }
}
