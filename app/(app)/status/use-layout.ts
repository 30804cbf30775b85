'use client'

import { useEffect, useRef, useState } from 'react'
import type { StatusLayout } from '../../../lib/protocol/preferences'
import { api } from '../../_ui/api'
import { sayFailure } from '../../_ui/notices'

/** Moves of a drag or of arrow keys come quickly; the last of them is kept. */
const keepMs = 400

/** The person's arrangement, and a way to change it that is kept for them. */
export function useLayout(first: StatusLayout) {
  const [layout, setLayout] = useState(first)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const unkept = useRef<StatusLayout>(undefined)
  const keep = useRef(() => {
    clearTimeout(timer.current)
    if (!unkept.current) return
    const layout = unkept.current
    unkept.current = undefined
    api('PUT', '/api/account/status-layout', { layout }).catch((error) =>
      sayFailure('Your arrangement could not be kept', error),
    )
  })
  useEffect(() => {
    const kept = keep.current
    // A page that is left keeps what was moved last.
    return () => kept()
  }, [])
  const change = (next: StatusLayout) => {
    setLayout(next)
    unkept.current = next
    clearTimeout(timer.current)
    timer.current = setTimeout(keep.current, keepMs)
  }
  return { layout, change }
}
