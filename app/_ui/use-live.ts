import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from './api'
import { usePolling } from './use-polling'

/** `everyMs`: after how many milliseconds it is read again, by what is known; undefined: not by itself. */
type LiveOptions<T> = { first?: T; everyMs: (value: T | undefined) => number | undefined }

/**
 * What the API answers at an address, kept current while the page is in view; undefined until it is there. A failed
 * reading keeps what is shown, and `problem` says why that is old. `refresh`: now, after a press.
 */
export function useLive<T>(address: string, { first, everyMs }: LiveOptions<T>) {
  const [value, setValue] = useState(first)
  const [problem, setProblem] = useState<string>()
  const asked = useRef(0)
  const shown = useRef(0)
  const refresh = useCallback(async () => {
    const turn = ++asked.current
    // Dropped is what returns after a later one, not all that a slow server answers while the next is asked for.
    const isNewer = () => {
      if (turn < shown.current) return false
      shown.current = turn
      return true
    }
    try {
      const next = await api<T>('GET', address)
      if (!isNewer()) return
      setValue(next)
      setProblem(undefined)
    } catch (error) {
      if (isNewer()) setProblem((error as Error).message)
    }
  }, [address])
  const isKnown = useRef(first !== undefined)
  useEffect(() => {
    if (!isKnown.current) void refresh()
    isKnown.current = false
  }, [refresh])
  usePolling(refresh, everyMs(value))
  return { value, setValue, problem, refresh }
}
