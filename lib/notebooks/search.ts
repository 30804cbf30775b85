import { sql } from 'drizzle-orm'
import { notebookCells, notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { searchWords } from '../search-words'

/** A line of a cell that holds what was searched for. */
export type SearchLine = { cellId: string; text: string }
export type SearchResult = {
  id: string
  title: string
  folderId: string | null
  updatedAt: Date
  /** Empty where only the title fits. */
  lines: SearchLine[]
}

const most = 50
/** Lines shown of a notebook. */
const mostLines = 3
/** Characters shown of a line. */
const width = 160

/**
 * A workspace's notebooks whose title or one of whose cells holds all words of the query, in either case; those with
 * the words in their title first, then the last edited.
 */
export async function searchNotebooks(
  workspaceId: string,
  query: string,
  db = database(),
): Promise<SearchResult[]> {
  const words = searchWords(query)
  if (words.length === 0) return []
  const holds = (text: ReturnType<typeof sql>) =>
    sql.join(
      words.map((word) => sql`lower(${text}) like ${pattern(word)}`),
      sql` and `,
    )
  const inTitle = holds(sql`${notebooks.title}`)
  const rows = await db.execute<Row>(sql`
    select found.id, title, folder_id, updated_at, coalesce(cells, '[]'::json) as cells from (
      select id, title, folder_id, updated_at, (
        select json_agg(json_build_object('cellId', cell_id, 'source', source) order by position)
        from (
          select * from ${notebookCells}
          where ${notebookCells.notebookId} = ${notebooks.id} and ${holds(sql`${notebookCells.source}`)}
          order by position limit ${mostLines}
        ) as fitting
      ) as cells, ${inTitle} as titled
      from ${notebooks} where workspace_id = ${workspaceId} and trashed_at is null
    ) as found
    where titled or cells is not null
    order by titled desc, updated_at desc limit ${most}`)
  return rows.map(({ id, title, folder_id, updated_at, cells }) => ({
    id,
    title,
    folderId: folder_id,
    updatedAt: new Date(updated_at),
    lines: cells.map(({ cellId, source }) => ({ cellId, text: lineWith(source, words) })),
  }))
}

type Row = {
  id: string
  title: string
  folder_id: string | null
  updated_at: string
  cells: { cellId: string; source: string }[]
}

const pattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** The line that holds most of the words, cut to what can be shown around the first of them. */
function lineWith(source: string, words: string[]): string {
  const count = (line: string) => words.filter((word) => line.toLowerCase().includes(word)).length
  const lines = source.split('\n')
  const best = lines.reduce((best, line) => (count(line) > count(best) ? line : best), lines[0]!)
  const first = Math.min(
    ...words.map((word) => best.toLowerCase().indexOf(word)).filter((at) => at >= 0),
    best.length,
  )
  const from = best.length <= width ? 0 : Math.max(0, first - width / 4)
  const cut = best.slice(from, from + width).trim()
  return `${from > 0 ? '… ' : ''}${cut}${from + width < best.length ? ' …' : ''}`
}
