import type { ChildMessage, HostCall, HostMessage } from '../../lib/protocol/kernel'

type Answer = Extract<HostMessage, { type: 'answer' }>

/** Asks the host for what only its side can do. */
export type HostCalls = {
  /** Resolves to the host's result; rejects with its error. `bytes` follow the call. */
  call(call: HostCall, bytes?: Uint8Array): Promise<unknown>
  answered(answer: Answer): void
}

export function createHostCalls(send: (message: ChildMessage, bytes?: Uint8Array) => void): HostCalls {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  return {
    call: (call, bytes) =>
      new Promise((resolve, reject) => {
        const n = ++last
        waiting.set(n, { resolve, reject })
        send({ type: 'call', n, ...call }, bytes)
      }),
    answered({ n, result, error }) {
      const one = waiting.get(n)
      waiting.delete(n)
      if (!one) return
      if (!error) return one.resolve(result)
      one.reject(Object.assign(new Error(error.message), { name: error.name }))
    },
  }
}
