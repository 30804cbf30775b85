import path from 'node:path'
import { z } from 'zod'
import { openVersion } from '../../../lib/datasets/open-version'
import { downloadFormats } from '../../../lib/protocol/dataset'
import { literal, quoted } from '../duck'
import { makeOnce } from '../make-once'
import { parquetOptions } from '../parquet-options'
import type { QuestionHandler } from '../question'
import { writeArrow } from '../write-arrow'

/** A version as a file to take along: what people see of it, without the identities of its rows. */
export const download: QuestionHandler<'download'> = {
  ask: z.object({ versionId: z.uuid(), format: z.enum(downloadFormats) }),
  async answer({ versionId, format }, { duck, store, folder }) {
    const { file, columns, hash } = await openVersion(versionId, store)
    const names = columns.map(({ name }) => quoted(name)).join(', ')
    const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
    const target = path.join(folder.whole, `${hash}-download.${format}`)
    const select = `SELECT ${names} FROM read_parquet(${literal(file)})`
    const write = (temporary: string) =>
      duck.write(async (connection) => {
        if (format === 'arrow') return writeArrow(connection, select, columns, temporary)
        const options = format === 'csv' ? '(FORMAT csv, HEADER, PRESERVE_ORDER true)' : parquetOptions(width)
        await connection.run(`COPY (${select}) TO ${literal(temporary)} ${options}`)
      })
    return { file: await makeOnce(target, write) }
  },
}
