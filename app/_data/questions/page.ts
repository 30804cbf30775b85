import { z } from 'zod'
import { versionById } from '../../../lib/datasets/find'
import { openVersion } from '../../../lib/datasets/open-version'
import { maxPageRows } from '../../../lib/protocol/dataset'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { tableQuery } from '../../../lib/protocol/tables'
import { literal, quoted, readAll } from '../duck'
import type { QuestionHandler } from '../question'
import { readRows } from '../read-rows'
import { patchedPage } from '../rows/patched-page'
import { queriedPlaces } from '../rows/queried'

/** Rows of a version by their place. Row groups that hold none of them are not read, so any place costs the same. */
export const page: QuestionHandler<'page'> = {
  ask: z.object({
    versionId: z.uuid(),
    query: tableQuery.optional(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(maxPageRows),
  }),
  async answer({ versionId, query, offset, limit }, context) {
    const isAll = !query || (query.sort.length === 0 && query.filters.length === 0 && query.search === '')
    if (isAll) {
      const version = await versionById(context.store.db, versionId)
      const patched =
        version.changes !== null &&
        (await context.duck.use((connection) =>
          patchedPage(connection, version, { offset, limit }, context.store.artifacts),
        ))
      if (patched) return patched
    }
    const opened = await openVersion(versionId, context.store)
    const { file, columns, rows: total } = opened
    const names = [rowColumn, ...columns.map(({ name }) => name)].map(quoted)
    const from = `read_parquet(${literal(file)}, file_row_number = true)`
    const within = `file_row_number >= ${offset} AND file_row_number < ${offset + limit}`
    if (isAll)
      return context.duck.use(async (connection) => ({
        total,
        ...(await readRows(
          connection,
          `SELECT ${names.join(', ')} FROM ${from} WHERE ${within} ORDER BY file_row_number`,
          columns,
        )),
      }))
    const places = `read_parquet(${literal(await queriedPlaces(opened, query, context))}, file_row_number = true)`
    return context.duck.use(async (connection) => {
      const [count] = await readAll(connection, `SELECT count(*) FROM ${places}`)
      const rows = await readRows(
        connection,
        `SELECT ${names.map((name) => `version.${name}`).join(', ')} FROM ${from} AS version
         JOIN (SELECT place, file_row_number AS nth FROM ${places} WHERE ${within}) AS found
           ON version.file_row_number = found.place
         ORDER BY found.nth`,
        columns,
      )
      return { total: Number(count![0]), ...rows }
    })
  },
}
