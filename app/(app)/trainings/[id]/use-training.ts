'use client'

import { useCallback, useEffect, useState } from 'react'
import { hasEnded, type TrainingDetails } from '../../../../lib/protocol/training'
import { api } from '../../../_ui/api'
import { sayFailure } from '../../../_ui/notices'

/** How often a training that goes on is read again, milliseconds. */
const liveMs = 400

/** One training, followed until it has ended. Undefined until it is there. */
export function useTraining(id: string) {
  const [training, setTraining] = useState<TrainingDetails>()
  const [problem, setProblem] = useState<string>()
  const address = `/api/v1/trainings/${id}`
  const refresh = useCallback(async () => {
    try {
      setTraining((await api<{ training: TrainingDetails }>('GET', address)).training)
      setProblem(undefined)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }, [address])
  const live = training === undefined || !hasEnded(training.status)
  useEffect(() => {
    void refresh()
    if (!live) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, liveMs)
    return () => clearInterval(timer)
  }, [refresh, live])
  const cancel = useCallback(async () => {
    try {
      setTraining((await api<{ training: TrainingDetails }>('DELETE', address)).training)
    } catch (error) {
      sayFailure('The training was not cancelled', error)
      await refresh()
    }
  }, [address, refresh])
  return { training, problem, refresh, cancel }
}
