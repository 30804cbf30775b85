'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { parseFilter } from '../../../lib/experiments/filter'
import type { RunList } from '../../../lib/experiments/list'
import { api } from '../../_ui/api'
import { usePolling } from '../../_ui/use-polling'
import type { Wire } from '../../_ui/wire'

export type RunsAsked = { filter?: string; sort?: string; page?: number; notebookId?: string }

const everyMs = 3000

/** A page of runs as the filter and the order say, read again while it is in view. The address follows. */
export function useRuns(first: Wire<RunList>, begin: RunsAsked) {
  const [asked, setAsked] = useState(begin)
  const [list, setList] = useState(first)
  const [problem, setProblem] = useState<string>()
  const newest = useRef(0)
  const { filter = '' } = asked
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])),
  ).toString()

  const refresh = useCallback(async () => {
    const turn = ++newest.current
    const wrong = problemOf(filter)
    if (wrong !== undefined) return setProblem(wrong)
    try {
      const next = await api<Wire<RunList>>('GET', `/api/runs?${query}`)
      if (turn !== newest.current) return
      setList(next)
      setProblem(undefined)
    } catch (error) {
      if (turn === newest.current) setProblem((error as Error).message)
    }
  }, [query, filter])

  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname)
    begun.current = true
    // People type: what they mean is known when they pause.
    const soon = setTimeout(refresh, 150)
    return () => clearTimeout(soon)
  }, [query, refresh])
  usePolling(refresh, everyMs)

  const ask = (change: RunsAsked) => setAsked((now) => ({ ...now, page: 0, ...change }))
  return { asked, ask, list, problem, refresh }
}

/** What is wrong with a filter is said while it is typed, without asking. */
function problemOf(filter: string): string | undefined {
  try {
    parseFilter(filter)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
