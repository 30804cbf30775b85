import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { versionById } from '../../../lib/datasets/find'
import { type DatasetColumn, deletedColumn, rowColumn } from '../../../lib/protocol/dataset'
import type { DataContext } from '../context'
import { literal, quoted } from '../duck'
import { parquetOptions } from '../parquet-options'
import type { QuestionHandler } from '../question'

/** One file of a base and its changes, kept by the version's hash. */
export const whole: QuestionHandler<'whole'> = {
  ask: z.object({ versionId: z.uuid() }),
  async answer({ versionId }, context) {
    const { base, changes, columns, hash } = await versionById(context.store.db, versionId)
    if (changes === null) return { file: await context.store.artifacts.file(base) }
    const file = path.join(context.folder.whole, `${hash}.parquet`)
    const made = await stat(file).catch(() => undefined)
    // The sweep goes by when a file was last asked for.
    if (made) await utimes(file, new Date(), new Date())
    else await once(file, () => make(file, { base, changes, columns }, context))
    return { file }
  },
}

type Parts = { base: string; changes: string; columns: DatasetColumn[] }

async function make(file: string, { base, changes, columns }: Parts, { duck, store, folder }: DataContext) {
  await mkdir(folder.whole, { recursive: true, mode: 0o700 })
  const [old, edits] = await Promise.all([store.artifacts.file(base), store.artifacts.file(changes)])
  const names = [rowColumn, ...columns.map(({ name }) => name)].map(quoted).join(', ')
  const row = quoted(rowColumn)
  const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const temporary = path.join(folder.whole, `.${randomUUID()}`)
  try {
    await duck.use((connection) =>
      connection.run(
        `COPY (
           SELECT ${names} FROM read_parquet(${literal(old)})
           WHERE ${row} NOT IN (SELECT ${row} FROM read_parquet(${literal(edits)}))
           UNION ALL
           SELECT ${names} FROM read_parquet(${literal(edits)}) WHERE NOT ${quoted(deletedColumn)}
           ORDER BY ${row}
         ) TO ${literal(temporary)} ${parquetOptions(width)}`,
      ),
    )
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}

const making = new Map<string, Promise<void>>()

/** Two who ask for one file at once have it made once. */
function once(file: string, make: () => Promise<void>): Promise<void> {
  const running = making.get(file)
  if (running) return running
  const begun = make().finally(() => making.delete(file))
  making.set(file, begun)
  return begun
}
