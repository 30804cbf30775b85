import { useCallback, useEffect, useState } from 'react'
import type { Reproduction as Row } from '../../../../../../../lib/registry/reproduce/list'
import { api } from '../../../../../../_ui/api'
import type { Wire } from '../../../../../../_ui/wire'

export type Reproduction = Wire<Row>

const busyMs = 1_000

/** A version's reproductions at an address of the API, followed while one runs. `refresh`: now, after a press. */
export function useReproductions(address: string, first: Reproduction[]) {
  const [reproductions, setReproductions] = useState(first)
  const refresh = useCallback(async () => {
    setReproductions((await api<{ reproductions: Reproduction[] }>('GET', address)).reproductions)
  }, [address])
  const busy = reproductions.some(({ state }) => state === 'running')
  useEffect(() => {
    if (!busy) return
    const timer = setInterval(() => {
      // A page that nobody looks at asks nothing; what fails once is asked again.
      if (document.visibilityState === 'visible') refresh().catch(() => {})
    }, busyMs)
    return () => clearInterval(timer)
  }, [busy, refresh])
  return { reproductions, busy, refresh }
}
