import { useEffect, useState } from 'react'
import type { DatasetRows, DatasetValue } from '../../../../lib/protocol/dataset'
import { api } from '../../../_ui/api'

/** Rows of a page. */
export const pageRows = 50

export type Row = { id: number; values: DatasetValue[] }

/** One page of a version. The page before stays until the next is there. */
export function useRows(dataset: string, version: number, offset: number) {
  const [state, setState] = useState<{ rows?: Row[]; problem?: string }>({})
  useEffect(() => {
    let current = true
    api<DatasetRows>(
      'GET',
      `/api/datasets/${dataset}/rows?version=${version}&offset=${offset}&limit=${pageRows}`,
    ).then(
      ({ ids, rows }) => {
        if (current) setState({ rows: rows.map((values, i) => ({ id: ids[i]!, values })) })
      },
      (error: Error) => {
        if (current) setState(({ rows }) => ({ rows, problem: error.message }))
      },
    )
    return () => {
      current = false
    }
  }, [dataset, version, offset])
  return state
}
