'use client'

import { useCallback, useEffect, useState } from 'react'
import { hasEnded, type JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { api } from '../../../../_ui/api'
import { sayFailure } from '../../../../_ui/notices'

/** While something goes on, and otherwise; milliseconds. */
const busyMs = 1000
const idleMs = 5000

/** An endpoint's newest jobs, read again while the page is in view. Undefined until they are there. */
export function useJobs(endpoint: string) {
  const [jobs, setJobs] = useState<JobSummary[]>()
  const [problem, setProblem] = useState<string>()
  const address = `/api/v1/${endpoint}/jobs`
  const refresh = useCallback(async () => {
    try {
      setJobs((await api<{ jobs: JobSummary[] }>('GET', address)).jobs)
      setProblem(undefined)
    } catch (error) {
      // What is shown stays, and is said to be old.
      setProblem((error as Error).message)
    }
  }, [address])
  const busy = jobs?.some(({ status }) => !hasEnded(status)) ?? true
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
  const cancel = useCallback(
    async (id: string) => {
      try {
        const { job } = await api<{ job: JobSummary }>('DELETE', `${address}/${id}`)
        setJobs((now) => now?.map((each) => (each.id === id ? job : each)))
      } catch (error) {
        sayFailure('The job was not cancelled', error)
        await refresh()
      }
    },
    [address, refresh],
  )
  return { jobs, problem, refresh, cancel }
}
