import { asc, sql } from 'drizzle-orm'
import { notebookCells, notebooks } from '../../drizzle/schema'
import { database, type Queryable } from '../db'
import { type Cell, toCells } from '../notebook/document'
import { loadDocument } from './updates'

/** Makes what search reads of a notebook the same as these cells; rows that are the same already are not written. */
export async function indexCells(
  notebookId: string,
  cells: Pick<Cell, 'id' | 'source'>[],
  db: Queryable = database(),
) {
  const wanted = JSON.stringify(
    cells.map(({ id, source }, position) => ({ id, position, source: storable(source) })),
  )
  await db.execute(sql`
    with wanted as (
      select * from json_to_recordset(${wanted}::text::json) as cell(id text, position int, source text)
    ), gone as (
      delete from ${notebookCells}
      where notebook_id = ${notebookId} and cell_id not in (select id from wanted)
    )
    insert into ${notebookCells} as present (notebook_id, cell_id, position, source)
    select ${notebookId}::uuid, id, position, source from wanted
    where exists (select 1 from ${notebooks} where ${notebooks.id} = ${notebookId})
    on conflict (notebook_id, cell_id) do update set position = excluded.position, source = excluded.source
    where (present.position, present.source) is distinct from (excluded.position, excluded.source)`)
}

/** Indexes the notebooks that were made before there was an index. Resolves to how many. */
export async function indexMissing(db = database()): Promise<number> {
  const missing = await db
    .select({ id: notebooks.id })
    .from(notebooks)
    .where(
      sql`not exists (select 1 from ${notebookCells} where ${notebookCells.notebookId} = ${notebooks.id})`,
    )
    .orderBy(asc(notebooks.createdAt))
  for (const { id } of missing) {
    const { document } = await loadDocument(id, db)
    await indexCells(id, toCells(document), db)
    document.destroy()
  }
  return missing.length
}

/** PostgreSQL holds neither NUL nor half a surrogate pair in a text. */
const storable = (text: string) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
