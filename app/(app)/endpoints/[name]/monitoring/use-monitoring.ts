'use client'

import { useCallback, useRef, useState } from 'react'
import type { Monitoring } from '../../../../../lib/monitoring/figures'
import { type Range, ranges } from '../../../../../lib/monitoring/ranges'
import { api } from '../../../../_ui/api'
import { usePolling } from '../../../../_ui/use-polling'

/** Figures of the chosen range, read again while they are in view. A failed reading keeps what is shown, and says so. */
export function useMonitoring(endpoint: string, first: Monitoring) {
  const [figures, setFigures] = useState(first)
  const [range, setRange] = useState(first.range)
  const [problem, setProblem] = useState<string>()
  const asked = useRef(0)
  const read = useCallback(
    async (wanted: Range) => {
      const turn = ++asked.current
      try {
        const next = await api<Monitoring>('GET', `/api/endpoints/${endpoint}/monitoring?range=${wanted}`)
        // An answer that was overtaken by another choice is not shown.
        if (turn !== asked.current) return
        setFigures(next)
        setProblem(undefined)
      } catch (error) {
        if (turn === asked.current) setProblem((error as Error).message)
      }
    },
    [endpoint],
  )
  usePolling(() => read(range), ranges[range].refreshMs)
  const choose = (next: Range) => {
    setRange(next)
    history.replaceState(null, '', `?range=${next}`)
    void read(next)
  }
  return { figures, range, choose, problem }
}
