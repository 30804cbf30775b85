import { useCallback, useEffect, useRef, useState } from 'react'
import { joinTabs } from './edit-tabs'
import { keepEdits, keptTabs, takeLeft } from './kept-edits'
import { countPending, nothingPending, type Pending } from './pending'

/** Steps that can be taken back. */
const mostSteps = 200
/** How long edits are gathered before they are kept, ms. */
const keepMs = 200

type History = { past: Pending[]; now: Pending; future: Pending[] }

export type PendingEdits = ReturnType<typeof usePending>

/** Edits that are not saved yet, with the way back and forth, kept in this browser until they are. */
export function usePending(datasetId: string, version: number, mayWrite: boolean) {
  const [{ past, now, future }, setHistory] = useState<History>(() => ({
    past: [],
    now: nothingPending(version),
    future: [],
  }))
  const [found, setFound] = useState(false)
  const [isKept, setKept] = useState(true)
  const begun = useRef(false)
  const tab = useRef('')
  const [others, setOthers] = useState(0)
  const isNone = countPending(now).all === 0

  // After the first frame: the server knows nothing of what the browser keeps. What a closed tab has left is gone on with
  // wherever nothing else is edited; what a tab that lives keeps stays its own.
  useEffect(() => {
    if (!mayWrite) return
    tab.current ||= crypto.randomUUID()
    begun.current = true
    const tabs = joinTabs(datasetId, tab.current)
    let isOver = false
    const look = async () => {
      const alive = await tabs.others()
      if (isOver) return
      setOthers(keptTabs(datasetId, window.localStorage).filter((each) => alive.has(each)).length)
      if (!isNone) return
      const left = takeLeft(datasetId, tab.current, alive, window.localStorage)
      if (!left) return
      setHistory((history) =>
        countPending(history.now).all === 0 ? { past: [], now: left, future: [] } : history,
      )
      setFound(true)
    }
    void look()
    return () => {
      isOver = true
      tabs.leave()
    }
  }, [datasetId, mayWrite, isNone])

  // Edits of nothing are of the version that is shown.
  useEffect(() => {
    setHistory((history) =>
      countPending(history.now).all === 0 && history.now.parent !== version
        ? { past: [], now: nothingPending(version), future: [] }
        : history,
    )
  }, [version])

  useEffect(() => {
    if (!begun.current) return
    const keep = () => setKept(keepEdits(datasetId, tab.current, now, window.localStorage))
    const timer = setTimeout(keep, keepMs)
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', keep)
    }
  }, [datasetId, now])

  const edit = useCallback((change: (now: Pending) => Pending) => {
    setHistory(({ past, now }) => {
      const next = change(now)
      if (next === now) return { past, now, future: [] }
      return { past: [...past.slice(-mostSteps + 1), now], now: next, future: [] }
    })
  }, [])
  const undo = useCallback(
    () =>
      setHistory((history) => {
        const before = history.past.at(-1)
        if (!before) return history
        return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] }
      }),
    [],
  )
  const redo = useCallback(
    () =>
      setHistory((history) => {
        const [next, ...rest] = history.future
        if (!next) return history
        return { past: [...history.past, history.now], now: next, future: rest }
      }),
    [],
  )
  /** Begins anew with these edits, without a way back. */
  const replace = useCallback(
    (pending: Pending) => {
      setHistory({ past: [], now: pending, future: [] })
      setFound(false)
      keepEdits(datasetId, tab.current, pending, window.localStorage)
    },
    [datasetId],
  )

  return {
    pending: now,
    edit,
    undo: past.length > 0 ? undo : undefined,
    redo: future.length > 0 ? redo : undefined,
    replace,
    /** Whether they were left here when the page was closed. */
    found,
    /** False: the browser has no room for them. */
    isKept,
    /** Other tabs of this browser that have unsaved edits of the data set. */
    others,
  }
}
