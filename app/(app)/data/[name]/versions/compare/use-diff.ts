import { useEffect, useState } from 'react'
import type { DatasetDiff, DiffKind } from '../../../../../../lib/protocol/dataset-diff'
import { api } from '../../../../../_ui/api'

/** Rows of a page. */
export const pageRows = 50

type State = { of?: string; diff?: DatasetDiff; problem?: string }

/** A page of what differs between two versions. Of the same two, the page before stays until the next is there. */
export function useDiff(
  dataset: string,
  { before, after }: { before: number; after: number },
  kind: DiffKind | 'all',
  page: number,
) {
  const [state, setState] = useState<State>({})
  const [isWaiting, setWaiting] = useState(true)
  const pair = `before=${before}&after=${after}`
  useEffect(() => {
    let current = true
    setWaiting(true)
    const of = kind === 'all' ? '' : `&kind=${kind}`
    api<DatasetDiff>(
      'GET',
      `/api/datasets/${dataset}/diff?${pair}${of}&offset=${(page - 1) * pageRows}&limit=${pageRows}`,
    )
      .then(
        (diff) => current && setState({ of: pair, diff }),
        (error: Error) => current && setState({ of: pair, problem: error.message }),
      )
      .finally(() => current && setWaiting(false))
    return () => {
      current = false
    }
  }, [dataset, pair, kind, page])
  return { ...(state.of === pair && { diff: state.diff, problem: state.problem }), isWaiting }
}
