'use client'

import { useEffect, useState } from 'react'
import type { Health } from '../../../../../lib/monitoring/health'
import { api } from '../../../../_ui/api'
import type { Wire } from '../../../../_ui/wire'

const everyMs = 15_000

/** Drift and alerts, read again while they are in view. A failed reading keeps what is shown. */
export function useHealth(endpoint: string, first: Wire<Health>) {
  const [health, setHealth] = useState(first)
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.visibilityState !== 'visible') return
      const path = `/api/endpoints/${endpoint}/monitoring/health`
      const next = await api<Wire<Health>>('GET', path).catch(() => undefined)
      if (next) setHealth(next)
    }, everyMs)
    return () => clearInterval(timer)
  }, [endpoint])
  return health
}
