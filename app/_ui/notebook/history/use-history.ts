import { useCallback, useEffect, useState } from 'react'
import { api } from '../../api'
import { useSession, useView } from '../context'
import type { RevisionLine } from './revision'

export type History = {
  /** Newest first; undefined until they are there. */
  lines: RevisionLine[] | undefined
  failure: string | undefined
  /** Reads older ones; undefined when there are none. */
  more: (() => void) | undefined
}

/** How many lines the server answers at a time. */
const page = 200

/** The notebook's history, kept up to date. */
export function useHistory(): History {
  const { notebookId } = useSession()
  const revised = useView((view) => view.revised)
  const [lines, setLines] = useState<RevisionLine[]>()
  const [complete, setComplete] = useState(false)
  const [failure, setFailure] = useState<string>()
  const path = `/api/notebooks/${notebookId}/revisions`

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the server says that it is another
  useEffect(() => {
    let current = true
    api<{ revisions: RevisionLine[] }>('GET', path).then(
      ({ revisions }) => {
        if (!current) return
        setFailure(undefined)
        setComplete(revisions.length < page)
        setLines(revisions)
      },
      (error: Error) => current && setFailure(error.message),
    )
    return () => {
      current = false
    }
  }, [path, revised])

  const last = lines?.at(-1)?.createdAt
  const more = useCallback(() => {
    api<{ revisions: RevisionLine[] }>('GET', `${path}?before=${last}`).then(
      ({ revisions }) => {
        setComplete(revisions.length < page)
        setLines((before = []) => [...before, ...revisions])
      },
      (error: Error) => setFailure(error.message),
    )
  }, [path, last])
  return { lines, failure, more: complete || !last ? undefined : more }
}
