import { useEffect, useRef, useState } from 'react'
import { allRows } from '../../../../../lib/protocol/all-rows'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import type { TableCell, TableQuery } from '../../../../../lib/protocol/tables'
import { useSession } from '../../context'
import { RequestError } from '../../sync'
import { createPageLoader } from './page-loader'

export const pageRows = 25

/** What a page shows: cells by row, in the order of `columns`. */
export type Page = {
  from: number
  /** Rows that the query leaves; at least so many while `counted` is false. */
  rows: number
  counted: boolean
  columns: readonly number[]
  places: readonly number[]
  cells: TableCell[][]
}

type Asked = { table: TableOutput; live: boolean; query: TableQuery; from: number; columns: number[] }
/** Pages of a query, by its text. */
type Answered = { table: string; query: string; page: Page }

/**
 * The rows to draw: out of those that came with the table where they are among them, else from its kernel. While they
 * are on their way the page before stays. `gone`: the kernel has the table no more.
 */
export function usePages({ table, live, query, from, columns }: Asked) {
  const { ask } = useSession()
  const [answered, setAnswered] = useState<Answered>()
  const [loading, setLoading] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [gone, setGone] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  const loader = useRef<ReturnType<typeof createPageLoader>>(undefined)

  const name = table.table
  const queryText = JSON.stringify(query)
  const isWhole = queryText === wholeText
  const stored = isWhole && from < table.head.length && from + pageRows <= Math.max(table.head.length, 1)
  const storedWhole = isWhole && table.head.length === table.rows
  const current =
    answered?.table === name &&
    answered?.query === queryText &&
    answered.page.from === from &&
    name !== undefined
  const complete = current && columns.every((column) => answered.page.columns.includes(column))
  const wanted = live && name !== undefined && name !== gone && !stored && !storedWhole && !complete
  const columnsText = columns.join()

  useEffect(() => {
    const created = createPageLoader({
      ask: (request) => ask('table.page', request),
      show: (page, request) => {
        setFailure(undefined)
        setAnswered({
          table: request.table,
          query: JSON.stringify(request.query),
          page: { ...page, columns: request.columns },
        })
      },
      fail: (error) => {
        const { code, message } = error as RequestError
        if (error instanceof RequestError && (code === 'TableGoneError' || code === 'no_kernel'))
          setGone(asked.current)
        else setFailure(message)
      },
      loading: setLoading,
    })
    loader.current = created
    return created.close
  }, [ask])

  const asked = useRef(name)
  asked.current = name
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same again
  useEffect(() => {
    if (!wanted) return
    setFailure(undefined)
    const columns = columnsText === '' ? [] : columnsText.split(',').map(Number)
    loader.current?.want({ table: name, query: JSON.parse(queryText), columns, from, size: pageRows })
  }, [wanted, name, queryText, columnsText, from, attempt])

  // Until the first page arrives, and if it does not, the rows stay that stood there at first.
  const head = headPage(table, from < Math.max(table.head.length, 1) ? from : 0)
  const page = stored || storedWhole ? head : (answered?.page ?? head)
  return {
    page,
    /** How many rows the query leaves, if that is known. */
    total: isWhole
      ? { rows: table.rows, counted: true }
      : answered?.query === queryText
        ? answered.page
        : undefined,
    loading: loading || (wanted && failure === undefined),
    failure,
    gone: gone !== undefined && gone === name,
    retry() {
      setFailure(undefined)
      setAttempt(attempt + 1)
    },
  }
}

const wholeText = JSON.stringify(allRows)

/** Rows that came with the table. */
function headPage({ rows, columns, head }: TableOutput, from: number): Page {
  const cells = head.slice(from, from + pageRows)
  return {
    from,
    rows,
    counted: true,
    columns: columns.map((_, i) => i),
    places: cells.map((_, i) => from + i),
    cells,
  }
}
