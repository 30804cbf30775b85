'use client'

import { useEffect, useState } from 'react'
import type { Status } from '../../../lib/status/read'
import { type ApiError, api } from '../../_ui/api'

const everyMs = 5000

/** The installation's status, read again every few seconds while it is in view. A failed reading keeps what is shown. */
export function useStatus(first: Status | undefined) {
  const [state, setState] = useState<{ status?: Status; failure?: string }>({ status: first })
  useEffect(() => {
    let gone = false
    const read = async () => {
      if (document.visibilityState !== 'visible') return
      const next = await api<Status>('GET', '/api/status').then(
        (status) => ({ status, failure: undefined }),
        (error: ApiError) => ({ failure: error.message }),
      )
      if (!gone) setState((before) => ({ ...before, ...next }))
    }
    if (!first) void read()
    const timer = setInterval(read, everyMs)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [first])
  return state
}
