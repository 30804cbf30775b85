/** How often a process says how it does, milliseconds: Prometheus asks every 15 s, and pages show it live. */
export const reportEveryMs = 5000

/** Calls `report` now and every few seconds, never twice at once. A failed report is followed by the next. */
export function keepReporting(report: () => Promise<unknown>, everyMs = reportEveryMs): () => void {
  let running = false
  const turn = async () => {
    if (running) return
    running = true
    await report().catch(() => {})
    running = false
  }
  void turn()
  const timer = setInterval(turn, everyMs).unref()
  return () => clearInterval(timer)
}
