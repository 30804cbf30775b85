/** Closes what a process has when it is asked to end, and ends it; a second signal does not wait for that. */
export function endOnSignal(close: () => Promise<unknown>): void {
  let ending = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, async () => {
      if (ending) process.exit(1)
      ending = true
      await close()
      process.exit(0)
    })
}
