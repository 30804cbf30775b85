'use client'

import { useCallback } from 'react'
import { hasEnded, type JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { api } from '../../../../_ui/api'
import { sayFailure } from '../../../../_ui/notices'
import { useLive } from '../../../../_ui/use-live'

/** While something goes on, and otherwise; milliseconds. */
const busyMs = 1000
const idleMs = 5000

/** An endpoint's newest jobs, read again while the page is in view. Undefined until they are there. */
export function useJobs(endpoint: string) {
  const address = `/api/v1/${endpoint}/jobs`
  const { value, setValue, problem, refresh } = useLive<{ jobs: JobSummary[] }>(address, {
    everyMs: (known) => (known?.jobs.every(({ status }) => hasEnded(status)) ? idleMs : busyMs),
  })
  const cancel = useCallback(
    async (id: string) => {
      try {
        const { job } = await api<{ job: JobSummary }>('DELETE', `${address}/${id}`)
        setValue((now) => now && { jobs: now.jobs.map((each) => (each.id === id ? job : each)) })
      } catch (error) {
        sayFailure('The job was not cancelled', error)
        await refresh()
      }
    },
    [address, setValue, refresh],
  )
  return { jobs: value?.jobs, problem, refresh, cancel }
}
