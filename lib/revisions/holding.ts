import { type SQL, sql } from 'drizzle-orm'
import { revisionContents, revisions } from '../../drizzle/schema'

/** The id of the notebook's newest revision that holds a cell with this text; null where none does. */
export const newestHolding = (notebookId: string, cellId: string, source: string | SQL) => sql<
  string | null
>`(
  select ${revisions.id} from ${revisions}
  join ${revisionContents} on ${revisionContents.notebookId} = ${revisions.notebookId}
    and ${revisionContents.hash} = ${revisions.hash}
  where ${revisions.notebookId} = ${notebookId} and exists (
    select 1 from json_array_elements(${revisionContents.content}->'cells') as cell
    where cell->>'id' = ${cellId} and cell->>'source' = ${source}
  )
  order by ${revisions.createdAt} desc limit 1)`
