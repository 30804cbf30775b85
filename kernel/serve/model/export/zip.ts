import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip with these files, not compressed: weights hardly shrink, and Keras reads them in place. */
export async function zip(files: { path: string; data: Uint8Array | string }[]): Promise<Uint8Array> {
  const archive = new ZipFile()
  for (const { path, data } of files) archive.addBuffer(Buffer.from(data), path, { compress: false })
  archive.end()
  return buffer(archive.outputStream)
}
