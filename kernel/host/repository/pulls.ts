import { type PullOrder, pullOrder } from '../../../lib/protocol/repository'
import { patiently } from '../patiently'
import { type PullPlace, runPull } from './pull'

export type Pulls = {
  /** Takes an order; the pull begins when those before it are over. Throws what is wrong with an order. */
  begin(order: unknown): void
}

const minute = 60_000

/** The pulls of this machine, one after the other: each may train as much as a notebook does. */
export function createPulls(
  place: PullPlace,
  run: (order: PullOrder, place: PullPlace) => Promise<void> = runPull,
): Pulls {
  const patient = { ...place, tell: patiently(place.tell) }
  let last: Promise<unknown> = Promise.resolve()
  return {
    begin(message) {
      const order = pullOrder.parse(message)
      // That it waits is said now and then: one of which nobody hears is given up.
      const waiting = setInterval(() => {
        place.tell({ pullId: order.pullId, state: 'waiting' }).catch(() => {})
      }, minute)
      last = last.then(() => {
        clearInterval(waiting)
        return run(order, patient)
      })
    },
  }
}
