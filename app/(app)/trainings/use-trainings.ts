'use client'

import { hasEnded, type TrainingSummary } from '../../../lib/protocol/training'
import { useLive } from '../../_ui/use-live'

/** While something goes on, and otherwise; milliseconds. */
const busyMs = 1000
const idleMs = 5000

/** The newest trainings, of one data set where it is named; read again while the page is in view. */
export function useTrainings(dataset?: string) {
  const address = `/api/v1/trainings${dataset === undefined ? '' : `?dataset=${encodeURIComponent(dataset)}`}`
  const { value, problem, refresh } = useLive<{ trainings: TrainingSummary[] }>(address, {
    everyMs: (known) => (known?.trainings.every(({ status }) => hasEnded(status)) ? idleMs : busyMs),
  })
  return { trainings: value?.trainings, problem, refresh }
}
