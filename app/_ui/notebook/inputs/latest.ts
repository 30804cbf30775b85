/**
 * Sends values one at a time, the newest next: what comes while one is under way replaces what waits, so that a slider
 * moved 60 times a second neither queues up nor lags.
 */
export function createLatest<Value>(send: (value: Value) => Promise<void>): (value: Value) => void {
  let waiting: { value: Value } | undefined
  let sending = false
  const drain = async () => {
    sending = true
    for (let next = waiting; next; next = waiting) {
      waiting = undefined
      await send(next.value)
    }
    sending = false
  }
  return (value) => {
    waiting = { value }
    if (!sending) void drain()
  }
}
