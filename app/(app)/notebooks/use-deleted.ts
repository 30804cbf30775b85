'use client'

import { useCallback, useEffect, useState } from 'react'

const key = 'cellar-deleted-notebooks'
const none: ReadonlySet<string> = new Set()

/**
 * The notebooks that were deleted here, to be left out of the list. A deletion waits for its undo, so that a list which
 * is loaded anew may still hold them: they are kept for as long as the tab lives.
 */
export function useDeleted() {
  const [deleted, setDeleted] = useState(none)
  useEffect(() => setDeleted(stored()), [])
  const mark = useCallback((id: string, gone: boolean) => {
    const ids = [...stored()].filter((other) => other !== id)
    const next = gone ? [...ids, id] : ids
    sessionStorage.setItem(key, JSON.stringify(next.slice(-100)))
    setDeleted(new Set(next))
  }, [])
  return [deleted, mark] as const
}

const stored = () => new Set<string>(JSON.parse(sessionStorage.getItem(key) ?? '[]'))
