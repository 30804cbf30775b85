import { z } from 'zod'
import { openVersion } from '../../../lib/datasets/open-version'
import { maxPageRows } from '../../../lib/protocol/dataset'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { literal, quoted } from '../duck'
import type { QuestionHandler } from '../question'
import { readRows } from '../read-rows'

/** Rows of a version by their place. Row groups that hold none of them are not read, so any place costs the same. */
export const page: QuestionHandler<'page'> = {
  ask: z.object({
    versionId: z.uuid(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(maxPageRows),
  }),
  async answer({ versionId, offset, limit }, { duck, store }) {
    const { file, columns } = await openVersion(versionId, store)
    const names = [rowColumn, ...columns.map(({ name }) => name)].map(quoted).join(', ')
    return duck.use((connection) =>
      readRows(
        connection,
        `SELECT ${names} FROM read_parquet(${literal(file)}, file_row_number = true)
         WHERE file_row_number >= ${offset} AND file_row_number < ${offset + limit}
         ORDER BY file_row_number`,
        columns,
      ),
    )
  },
}
