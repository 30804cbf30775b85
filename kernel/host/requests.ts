/** Questions to a child and their answers, paired by number. Executions take their numbers from here too: one count. */
export type Requests = {
  next(): number
  /** Rejects when the answer is an error, when none comes in time, and when the child ends. */
  ask<T>(timeoutMs: number, send: (n: number) => void): Promise<T>
  answer(message: { n: number; result?: unknown; error?: { name: string; message: string } }): void
  failAll(reason: string): void
}

type Pending = { resolve(value: unknown): void; reject(error: Error): void }

export function createRequests(): Requests {
  let number = 0
  const pending = new Map<number, Pending>()
  return {
    next: () => ++number,
    ask<T>(timeoutMs: number, send: (n: number) => void) {
      const n = ++number
      return new Promise<T>((done, failed) => {
        const settle = () => {
          clearTimeout(timer)
          pending.delete(n)
        }
        const resolve = (value: unknown) => {
          settle()
          done(value as T)
        }
        const reject = (error: Error) => {
          settle()
          failed(error)
        }
        const late = `the kernel did not answer within ${timeoutMs / 1000} s: it is busy`
        const timer = setTimeout(() => reject(new Error(late)), timeoutMs)
        pending.set(n, { resolve, reject })
        send(n)
      })
    },
    answer({ n, result, error }) {
      if (error) pending.get(n)?.reject(Object.assign(new Error(error.message), { name: error.name }))
      else pending.get(n)?.resolve(result)
    },
    failAll(reason) {
      for (const { reject } of [...pending.values()]) reject(new Error(reason))
    },
  }
}
