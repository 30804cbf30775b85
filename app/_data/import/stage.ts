import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { ImportOptions } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'
import type { DataContext } from '../context'
import { readSheet } from '../workbook/read-sheet'
import type { Decided } from './decide-type'
import { formatOf } from './format-of'
import { inferTypes } from './infer'
import { markedEncoding, prepareText, readStart } from './prepare-text'
import { stageArrow } from './stage-arrow'
import { stageDelimited } from './stage-delimited'
import { stageJson } from './stage-json'
import { stageParquet } from './stage-parquet'
import type { Rejected, Staged } from './staged'

/** An upload that was read, with the types that its columns seem to have. */
export type Inspected = { staged: Staged; decided: Decided[] }

export type UploadedFile = { id: string; name: string }

/** Where an upload lies, and what is made of it on the way. */
export const uploadPaths = ({ folder }: Pick<DataContext, 'folder'>, id: string) => {
  const work = path.join(folder.uploads, `${id}.work`)
  return { file: path.join(folder.uploads, id), work }
}

const nothingRejected: Rejected = { count: 0, examples: [] }

/** Reads an upload once: what the same options gave before is kept beside it. */
export async function stageUpload(
  connection: DuckDBConnection,
  upload: UploadedFile,
  options: ImportOptions,
  context: DataContext,
): Promise<Inspected> {
  const { file, work } = uploadPaths(context, upload.id)
  const kept = path.join(work, 'inspected.json')
  const key = JSON.stringify(options, Object.keys(options).sort())
  const before = await readFile(kept, 'utf8').then(JSON.parse, () => undefined)
  if (before?.key === key) return before.inspected
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true, mode: 0o700 })
  const staged = await stage(connection, { file, work, name: upload.name }, options)
  const texts = staged.columns.filter(({ native }) => native === null)
  const found = await inferTypes(
    connection,
    staged.file,
    texts.map(({ source }) => source),
    staged.reading,
  )
  const decided = staged.columns.map((column) =>
    column.native === null ? found[texts.indexOf(column)]! : { type: column.native, reading: staged.reading },
  )
  const inspected = { staged, decided }
  await writeFile(kept, JSON.stringify({ key, inspected }))
  return inspected
}

type Source = { file: string; work: string; name: string }

async function stage(
  connection: DuckDBConnection,
  { file, work, name }: Source,
  options: ImportOptions,
): Promise<Staged> {
  const { size } = await stat(file).catch(() => {
    throw new Refused(404, 'not_found', 'this upload is no longer there; upload the file again')
  })
  if (size === 0) throw new Refused(422, 'empty', `the file is empty: ${name}`)
  const { start, compressed } = await readStart(file)
  const format = formatOf(name, start)
  const text = path.join(work, 'text')
  const target = path.join(work, 'staged.parquet')
  const common = { format, options, rejected: nothingRejected, reading: {} }
  if (compressed && format !== 'csv' && format !== 'json')
    throw new Refused(415, 'compressed', `only text is read compressed; unpack the file first: ${name}`)
  switch (format) {
    case 'parquet':
      return { ...common, file, ...(await stageParquet(connection, file)) }
    case 'arrow':
      return { ...common, file: target, ...(await stageArrow(connection, file, text, target)) }
    case 'excel': {
      const { sheet, sheets } = await readSheet({
        source: file,
        target: text,
        wanted: options.sheet,
      })
      const staged = await stageDelimited(connection, text, {
        delimiter: ',',
        header: options.header,
        isTsv: false,
        target,
      })
      return {
        ...common,
        ...staged,
        file: target,
        sheets,
        options: { sheet, header: staged.options.header },
        text: { ...staged.text!, byRecord: true },
      }
    }
    case 'json': {
      const { encoding, notices } = await prepareText(file, text, prepared(start, compressed, options))
      const staged = await stageJson(connection, text, target)
      return {
        ...common,
        file: target,
        options: { encoding },
        ...staged,
        notices: [...notices, ...staged.notices],
      }
    }
    case 'csv': {
      refuseBinary(start, options, name)
      const { encoding, notices } = await prepareText(file, text, prepared(start, compressed, options))
      const isTsv = /\.(tsv|tab)(\.gz)?$/i.test(name)
      const staged = await stageDelimited(connection, text, { ...options, isTsv, target })
      return {
        ...common,
        file: target,
        ...staged,
        options: { encoding, ...staged.options },
        notices: [...notices, ...staged.notices],
      }
    }
  }
}

const prepared = (start: Uint8Array, compressed: boolean, { encoding }: ImportOptions) => ({
  start,
  compressed,
  encoding,
})

/** Text has no zeros in it, but for that in UTF-16. */
function refuseBinary(start: Uint8Array, { encoding }: ImportOptions, name: string) {
  const at = start.indexOf(0)
  if (at === -1 || encoding?.startsWith('utf-16') || markedEncoding(start)) return
  throw new Refused(422, 'not_text', `the file is not text: its byte ${at + 1} is zero: ${name}`)
}
