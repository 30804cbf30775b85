import { useCallback, useEffect, useRef, useState } from 'react'
import type { DatasetRows, DatasetValue } from '../../../../../lib/protocol/dataset'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { api } from '../../../../_ui/api'
import { createChunkLoader } from './chunk-loader'

/** Rows of a version as the grid draws them. */
export type GridRow = { row: number; values: DatasetValue[] }

/** Rows that are asked for together. */
export const chunkRows = 100

/**
 * Rows of a version, or those that a query leaves, by their places; asked for by chunks around what is in sight. While
 * another version or query is read, the rows before stay.
 */
export function useGridRows(dataset: string, version: number, query: TableQuery, total: number) {
  const isAll = query.sort.length === 0 && query.filters.length === 0 && query.search === ''
  const of = isAll ? `${version}` : `${version} ${JSON.stringify(query)}`
  const [state, setState] = useState({ of, chunks: new Map<number, GridRow[]>(), total })
  const [problem, setProblem] = useState<string>()
  const sight = useRef({ first: 0, last: 0 })
  const loader = useRef<ReturnType<typeof createChunkLoader>>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` stands for version and query
  useEffect(() => {
    setProblem(undefined)
    const own = createChunkLoader({
      size: chunkRows,
      async read(chunk) {
        const offset = chunk * chunkRows
        const path = `/api/datasets/${dataset}/rows`
        const answer = isAll
          ? await api<DatasetRows>('GET', `${path}?version=${version}&offset=${offset}&limit=${chunkRows}`)
          : await api<DatasetRows>('POST', path, { version, query, offset, limit: chunkRows })
        const rows = answer.ids.map((row, i) => ({ row, values: answer.rows[i]! }))
        return { rows, total: answer.total }
      },
      show: (chunks, total) => {
        setProblem(undefined)
        setState({ of, chunks, total })
      },
      fail: (error) => setProblem(error.message),
    })
    loader.current = own
    own.want(sight.current.first, sight.current.last)
    return own.close
  }, [dataset, of])

  /** Says which places are in sight. */
  const look = useCallback((from: number, to: number) => {
    sight.current = {
      first: Math.floor(from / chunkRows),
      last: Math.floor(Math.max(from, to - 1) / chunkRows),
    }
    loader.current?.want(sight.current.first, sight.current.last)
  }, [])

  const rowAt = useCallback(
    (place: number) => state.chunks.get(Math.floor(place / chunkRows))?.[place % chunkRows],
    [state.chunks],
  )
  return { rowAt, look, total: state.total, problem, isWaiting: state.of !== of, isQueried: !isAll }
}
