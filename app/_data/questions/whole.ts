import path from 'node:path'
import { z } from 'zod'
import { versionById } from '../../../lib/datasets/find'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { deletedColumn, rowColumn } from '../../../lib/protocol/dataset-file'
import type { DataContext } from '../context'
import { literal, quoted } from '../duck'
import { makeOnce } from '../make-once'
import { parquetOptions } from '../parquet-options'
import type { QuestionHandler } from '../question'

/** One file of a base and its changes, kept by the version's hash. */
export const whole: QuestionHandler<'whole'> = {
  ask: z.object({ versionId: z.uuid() }),
  async answer({ versionId }, context) {
    const { base, changes, columns, hash } = await versionById(context.store.db, versionId)
    if (changes === null) return { file: await context.store.artifacts.file(base) }
    const file = path.join(context.folder.whole, `${hash}.parquet`)
    return { file: await makeOnce(file, (target) => merge(target, { base, changes, columns }, context)) }
  },
}

type Parts = { base: string; changes: string; columns: DatasetColumn[] }

async function merge(target: string, { base, changes, columns }: Parts, { duck, store }: DataContext) {
  const [old, edits] = await Promise.all([store.artifacts.file(base), store.artifacts.file(changes)])
  const names = [rowColumn, ...columns.map(({ name }) => name)].map(quoted).join(', ')
  const row = quoted(rowColumn)
  const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  await duck.write((connection) =>
    connection.run(
      `COPY (
         SELECT ${names} FROM read_parquet(${literal(old)})
         WHERE ${row} NOT IN (SELECT ${row} FROM read_parquet(${literal(edits)}))
         UNION ALL
         SELECT ${names} FROM read_parquet(${literal(edits)}) WHERE NOT ${quoted(deletedColumn)}
         ORDER BY ${row}
       ) TO ${literal(target)} ${parquetOptions(width)}`,
    ),
  )
}
