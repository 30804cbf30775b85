import { useCallback, useEffect, useState } from 'react'
import type { PullDetail } from '../../../../lib/repositories/pulls'
import { api } from '../../../_ui/api'
import type { Wire } from '../../../_ui/wire'
import { isOver } from '../states'

export type Pull = Wire<PullDetail>

const busyMs = 1_000
const idleMs = 10_000

/** The pulls of a repository as they go on. `refresh`: now, after a press. */
export function usePulls(id: string, first: Pull[]): { pulls: Pull[]; refresh: () => Promise<void> } {
  const [pulls, setPulls] = useState(first)
  const refresh = useCallback(async () => {
    const answer = await api<{ pulls: Pull[] }>('GET', `/api/repositories/${id}`)
    setPulls(answer.pulls)
  }, [id])
  const busy = pulls.some(({ state }) => !isOver(state))
  useEffect(() => {
    const timer = setInterval(
      () => {
        // A page that nobody looks at asks nothing; what fails once is asked again.
        if (document.visibilityState === 'visible') refresh().catch(() => {})
      },
      busy ? busyMs : idleMs,
    )
    return () => clearInterval(timer)
  }, [busy, refresh])
  return { pulls, refresh }
}
