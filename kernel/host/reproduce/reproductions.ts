import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { ReproductionOrder } from '../../../lib/protocol/reproduction'
import { isUuid } from '../../../lib/uuid'
import { patiently } from '../patiently'
import { type ReproductionPlace, runReproduction } from './reproduce'

export type Reproductions = {
  /** Takes an order; it is run when those before it are over. */
  begin(order: ReproductionOrder): void
  /** Stops one, or takes it back; of others there is nothing to do. */
  cancel(reproductionId: string): void
}

/** That it waits is said as often as this. */
const waitingMs = 10_000

/** The versions that are reproduced on this machine, one after the other: each may train as much as a notebook does. */
export function createReproductions(
  place: ReproductionPlace,
  run: typeof runReproduction = runReproduction,
): Reproductions {
  const patient = { ...place, tell: patiently(place.tell) }
  const running = new Map<string, AbortController>()
  let last: Promise<unknown> = endLeftOvers(patient)
  return {
    begin(order) {
      const { reproductionId } = order
      if (!isUuid(reproductionId)) throw new Error(`not the id of a reproduction: ${reproductionId}`)
      const stop = new AbortController()
      running.set(reproductionId, stop)
      mkdirSync(path.join(place.folder, reproductionId), { recursive: true })
      const note = 'waits until the machine has ended another'
      const waiting = setInterval(() => {
        if (!stop.signal.aborted) place.tell({ reproductionId, note, cellsDone: 0 }).catch(() => {})
      }, waitingMs)
      last = last.then(async () => {
        clearInterval(waiting)
        await run(order, patient, stop.signal)
        running.delete(reproductionId)
      })
    },
    cancel: (reproductionId) => running.get(reproductionId)?.abort(),
  }
}

/** A host that was killed has left the folders of what it ran. */
async function endLeftOvers({ folder, tell }: ReproductionPlace) {
  mkdirSync(folder, { recursive: true })
  for (const reproductionId of readdirSync(folder).filter(isUuid)) {
    rmSync(path.join(folder, reproductionId), { recursive: true, force: true })
    const note = "the machine's host process was restarted, and the run ended with it; reproduce it again"
    // Web may be long in coming; nothing else has to wait for it.
    void tell({ reproductionId, note, cellsDone: 0, failed: { trace: null } }).catch(() => {})
  }
}
