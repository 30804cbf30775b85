'use client'

import { useCallback, useEffect, useState } from 'react'
import { hasEnded, type TrainingSummary } from '../../../lib/protocol/training'
import { api } from '../../_ui/api'

/** While something goes on, and otherwise; milliseconds. */
const busyMs = 1000
const idleMs = 5000

/** The newest trainings, of one data set where it is named; read again while the page is in view. */
export function useTrainings(dataset?: string) {
  const [trainings, setTrainings] = useState<TrainingSummary[]>()
  const [problem, setProblem] = useState<string>()
  const address = `/api/v1/trainings${dataset === undefined ? '' : `?dataset=${encodeURIComponent(dataset)}`}`
  const refresh = useCallback(async () => {
    try {
      setTrainings((await api<{ trainings: TrainingSummary[] }>('GET', address)).trainings)
      setProblem(undefined)
    } catch (error) {
      // What is shown stays, and is said to be old.
      setProblem((error as Error).message)
    }
  }, [address])
  const busy = trainings?.some(({ status }) => !hasEnded(status)) ?? true
  useEffect(() => {
    void refresh()
  }, [refresh])
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') void refresh()
      },
      busy ? busyMs : idleMs,
    )
    return () => clearInterval(timer)
  }, [refresh, busy])
  return { trainings, problem, refresh }
}
