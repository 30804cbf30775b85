import { z } from 'zod'
import { requireUpload } from '../../../lib/datasets/uploads'
import { columnTypes } from '../../../lib/protocol/dataset'
import { type ImportPreview, importOptions, sampleRows } from '../../../lib/protocol/dataset-import'
import { literal, readAll } from '../duck'
import { columnValue, isOfType } from '../import/column-values'
import { measureFit } from '../import/misfits'
import { stageUpload } from '../import/stage'
import type { QuestionHandler } from '../question'

/** Reads an upload and says what it holds; nothing is made of it. */
export const inspect: QuestionHandler<'inspect'> = {
  ask: z.object({
    uploadId: z.uuid(),
    options: importOptions,
    types: z.array(z.enum(columnTypes).nullable()).optional(),
  }),
  async answer({ uploadId, options, types = [] }, context): Promise<ImportPreview> {
    const upload = await requireUpload(context.store.db, uploadId)
    return context.duck.write(async (connection) => {
      const { staged, decided } = await stageUpload(connection, upload, options, context)
      const chosen = staged.columns.map((_, i) => types[i] ?? decided[i]!.type)
      const values = staged.columns.map((column, i) => {
        const value = columnValue(column, chosen[i]!, decided[i]!)
        return isOfType(column, chosen[i]!, decided[i]!) ? { ...value, read: (text: string) => text } : value
      })
      const fits = await measureFit(connection, staged, values)
      const sample = await readAll(
        connection,
        `SELECT ${staged.columns.map(({ source }) => `left(CAST(${source} AS VARCHAR), 200)`).join(', ')}
         FROM read_parquet(${literal(staged.file)}) LIMIT ${sampleRows}`,
      )
      const { format, sheets, rows, rejected, notices } = staged
      return {
        format,
        options: staged.options,
        ...(sheets && { sheets }),
        rows,
        columns: staged.columns.map(({ name }, i) => ({
          name,
          type: chosen[i]!,
          keep: true,
          ...fits[i]!,
          ...(decided[i]!.note && chosen[i] === decided[i]!.type && { note: decided[i]!.note }),
        })),
        sample: sample.map((row) => row.map((value) => (value === null ? null : String(value)))),
        rejected,
        notices,
      }
    })
  },
}
