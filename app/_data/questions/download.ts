import path from 'node:path'
import { z } from 'zod'
import { openVersion } from '../../../lib/datasets/open-version'
import { downloadFormats } from '../../../lib/protocol/dataset'
import { literal, quoted } from '../duck'
import { makeOnce } from '../make-once'
import { parquetOptions } from '../parquet-options'
import type { QuestionHandler } from '../question'

/** A version as a file to take along: what people see of it, without the identities of its rows. */
export const download: QuestionHandler<'download'> = {
  ask: z.object({ versionId: z.uuid(), format: z.enum(downloadFormats) }),
  async answer({ versionId, format }, { duck, store, folder }) {
    const { file, columns, hash } = await openVersion(versionId, store)
    const names = columns.map(({ name }) => quoted(name)).join(', ')
    const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
    const options = format === 'csv' ? '(FORMAT csv, HEADER)' : parquetOptions(width)
    const target = path.join(folder.whole, `${hash}-download.${format}`)
    return {
      file: await makeOnce(target, (temporary) =>
        duck.use((connection) =>
          connection.run(
            `COPY (SELECT ${names} FROM read_parquet(${literal(file)})) TO ${literal(temporary)} ${options}`,
          ),
        ),
      ),
    }
  },
}
