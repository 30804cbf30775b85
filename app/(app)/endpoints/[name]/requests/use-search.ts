'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { FoundPage } from '../../../../../lib/requests/search'
import { api } from '../../../../_ui/api'
import { usePolling } from '../../../../_ui/use-polling'
import type { Wire } from '../../../../_ui/wire'
import { addressOf, queryOf, type Search } from './search'

type Found = Wire<FoundPage>
const typingMs = 150
const everyMs = 5000

/** What fits a search, the first page of it live; `more` adds the next. */
export function useSearch(endpoint: string, first: Search) {
  const [search, setSearch] = useState(first)
  const [found, setFound] = useState<Found>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  /** Pages that were added: from then on the list stays as it is. */
  const [pages, setPages] = useState(1)
  const turn = useRef(0)
  const read = useCallback(
    async (after?: string) => {
      const mine = ++turn.current
      setBusy(true)
      try {
        const query = queryOf(search)
        if (after) query.set('after', after)
        const page = await api<Found>('GET', `/api/endpoints/${endpoint}/requests?${query}`)
        if (mine !== turn.current) return
        setFound((before) =>
          after && before ? { ...page, requests: [...before.requests, ...page.requests] } : page,
        )
        setPages((count) => (after ? count + 1 : 1))
        setProblem(undefined)
      } catch (error) {
        if (mine === turn.current) setProblem((error as Error).message)
      }
      if (mine === turn.current) setBusy(false)
    },
    [endpoint, search],
  )
  useEffect(() => {
    history.replaceState(null, '', addressOf(search))
    const timer = setTimeout(() => void read(), typingMs)
    return () => clearTimeout(timer)
  }, [search, read])
  usePolling(read, pages > 1 ? undefined : everyMs)
  return {
    search,
    change: (part: Partial<Search>) => setSearch((before) => ({ ...before, ...part })),
    found,
    problem,
    busy,
    refresh: () => void read(),
    more: found?.next ? () => void read(found.next!) : undefined,
  }
}
