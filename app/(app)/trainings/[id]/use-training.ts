'use client'

import { useCallback } from 'react'
import { hasEnded, type TrainingDetails } from '../../../../lib/protocol/training'
import { api } from '../../../_ui/api'
import { sayFailure } from '../../../_ui/notices'
import { useLive } from '../../../_ui/use-live'

/** How often a training that goes on is read again, milliseconds. */
const liveMs = 400

type Known = { training: TrainingDetails }

/** One training, followed until it has ended. Undefined until it is there. */
export function useTraining(id: string) {
  const address = `/api/v1/trainings/${id}`
  const { value, setValue, problem, refresh } = useLive<Known>(address, {
    everyMs: (known) => (known && hasEnded(known.training.status) ? undefined : liveMs),
  })
  const cancel = useCallback(async () => {
    try {
      setValue(await api<Known>('DELETE', address))
    } catch (error) {
      sayFailure('The training was not cancelled', error)
      await refresh()
    }
  }, [address, setValue, refresh])
  return { training: value?.training, problem, refresh, cancel }
}
