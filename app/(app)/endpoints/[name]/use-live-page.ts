'use client'

import { useCallback, useEffect, useState } from 'react'
import type { EndpointPage } from '../../../../lib/registry/page'
import { api } from '../../../_ui/api'
import type { Wire } from '../../../_ui/wire'

const everyMs = 3000

/** The page's data, read again every few seconds while it is in view. A failed reading keeps what is shown. */
export function useLivePage(first: Wire<EndpointPage>) {
  const [page, setPage] = useState(first)
  const name = first.summary.name
  const refresh = useCallback(async () => {
    const next = await api<Wire<EndpointPage>>('GET', `/api/endpoints/${name}`).catch(() => undefined)
    if (next) setPage(next)
  }, [name])
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [refresh])
  return { page, refresh }
}
