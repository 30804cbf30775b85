import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DataStore } from '../datasets/data-store'
import type { AnswerOf } from '../datasets/questions'
import type { SaveImport } from '../datasets/save-import'
import { uploadBytes } from '../datasets/tus'
import { deleteUpload, insertUpload } from '../datasets/uploads'
import type { Database } from '../db'
import { Refused } from '../refused'
import { describeFilter } from './describe-filter'
import type { RequestFilter } from './filter'
import { formats } from './formats'
import { type Column, type ExportRow, exportedRequests } from './rows'

export type RequestsExport = {
  endpoint: { id: string; name: string }
  filter: RequestFilter
  target: SaveImport['target']
  workspaceId: string
  userId: string
}
type Place = {
  db: Database
  ask: DataStore['ask']
  /** Of all uploads: the file goes the way that an uploaded one does. */
  folder: string
}

/**
 * Makes a version of a data set of all requests that fit, a row for each record: as a file of text, which is read as an
 * upload is. Refuses where none fits (422).
 */
export async function exportToDataset(
  { endpoint, filter, target, workspaceId, userId }: RequestsExport,
  { db, ask, folder }: Place,
): Promise<AnswerOf<'save'> & { rows: number }> {
  const { columns, rows } = await exportedRequests(db, endpoint.id, filter)
  const id = randomUUID()
  await mkdir(folder, { recursive: true })
  const written = await writeRows(path.join(folder, id), columns, rows())
  if (written.rows === 0) {
    await rm(path.join(folder, id), { force: true })
    throw new Refused(422, 'no_requests', 'no request fits this search; widen it and export again')
  }
  const name = `${endpoint.name}-requests.csv`
  await insertUpload(db, { id, workspaceId, name, bytes: written.bytes, createdBy: userId })
  try {
    const saved = await ask('save', {
      uploadId: id,
      // As it is written: values may look like other delimiters, and names like values.
      options: { encoding: 'utf-8', delimiter: ',', header: true },
      leaveOutRejected: false,
      misfitsAsMissing: false,
      target,
      message: messageOf(endpoint.name, filter),
      userId,
      origin: 'requests',
    })
    return { ...saved, rows: written.rows }
  } catch (error) {
    // One that was not answered in time may be read still; it is swept with the uploads of yesterday.
    if (!(error instanceof Refused && error.status === 503)) await deleteUpload(db, folder, id)
    throw error
  }
}

function messageOf(endpoint: string, filter: RequestFilter) {
  const narrowed = describeFilter(filter)
  return `requests of ${endpoint}${narrowed && `: ${narrowed}`}`.slice(0, 2000)
}

/** Writes as much as an upload may hold; refuses more (413). Nothing is left where it fails. */
async function writeRows(file: string, columns: Column[], pages: AsyncIterable<ExportRow[]>) {
  const written = { rows: 0, bytes: 0 }
  async function* counted() {
    for await (const page of pages) {
      written.rows += page.length
      yield page
    }
  }
  async function* limited() {
    for await (const bytes of formats.csv.write(columns, counted())) {
      written.bytes += bytes.length
      if (written.bytes > uploadBytes)
        throw new Refused(
          413,
          'too_large',
          `the requests are more than a data set is made of at once; narrow the search, bytes: ${uploadBytes}`,
        )
      yield bytes
    }
  }
  try {
    await pipeline(limited(), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return written
}
