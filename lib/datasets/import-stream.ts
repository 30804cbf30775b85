import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Database } from '../db'
import { Refused } from '../refused'
import type { AnswerOf, AskData } from './questions'
import type { SaveImport } from './save-import'
import { uploadBytes } from './tus'
import { deleteUpload, insertUpload } from './uploads'

/** What comes, and what it becomes. */
export type ImportStream = Omit<SaveImport, 'uploadId'> & {
  workspaceId: string
  /** As a file of it would be called: its ending says what it is where its bytes do not. */
  file: string
}
export type ImportPlace = {
  db: Database
  ask: AskData
  /** Of all uploads: what comes goes the way that an uploaded file does. */
  folder: string
}

/**
 * Makes a version of a file while it comes. Refuses what is larger than an upload may be (413), and what the file or the
 * data set refuse; nothing is left then.
 */
export async function importStream(
  bytes: AsyncIterable<Uint8Array>,
  { workspaceId, file: name, ...save }: ImportStream,
  { db, ask, folder }: ImportPlace,
): Promise<AnswerOf<'save'>> {
  const id = randomUUID()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const size = await write(bytes, path.join(folder, id))
  await insertUpload(db, { id, workspaceId, name, bytes: size, createdBy: save.userId })
  try {
    return await ask('save', { ...save, uploadId: id })
  } catch (error) {
    // One that was not answered in time may be read still; it is swept with the uploads of yesterday.
    if (!(error instanceof Refused && error.status === 503)) await deleteUpload(db, folder, id)
    throw error
  }
}

async function write(bytes: AsyncIterable<Uint8Array>, file: string) {
  let size = 0
  async function* limited() {
    for await (const part of bytes) {
      size += part.length
      if (size > uploadBytes)
        throw new Refused(
          413,
          'too_large',
          `this is more than a data set is made of at once; save a part of it, bytes: ${uploadBytes}`,
        )
      yield part
    }
  }
  // Open before anything can fail: a stream that opens it itself may do so after it was removed.
  const handle = await open(file, 'wx', 0o600)
  try {
    await pipeline(limited(), handle.createWriteStream())
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return size
}
