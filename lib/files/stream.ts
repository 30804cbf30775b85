import { filePartBytes } from '../protocol/files'
import { Refused } from '../refused'
import { files } from './channel'

/** A file as it comes from its machine, part by part. Refuses before the first byte where there is none. */
export async function openFile(
  notebookId: string,
  path: string,
): Promise<{ size: number; stream: ReadableStream<Uint8Array> }> {
  const { read } = files()
  let part: Uint8Array | undefined
  const first = await read(notebookId, path, 0)
  part = first.data
  let offset = 0
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const data = part ?? (await read(notebookId, path, offset)).data
      part = undefined
      offset += data.byteLength
      if (data.byteLength === 0) controller.close()
      // A file that grows meanwhile is given as long as it was said to be.
      else controller.enqueue(data.subarray(0, data.byteLength - Math.max(0, offset - first.size)))
      if (offset >= first.size && data.byteLength > 0) controller.close()
    },
  })
  return { size: first.size, stream }
}

/** Stores a file from a stream. It appears when it is whole; what breaks off leaves nothing. */
export async function storeFile(notebookId: string, path: string, body: ReadableStream<Uint8Array> | null) {
  const { begin, append, end } = files()
  const { upload } = await begin(notebookId, path)
  try {
    for await (const part of parts(body)) await append(notebookId, upload, part)
  } catch (error) {
    await Promise.resolve(end(notebookId, upload)).catch(() => {})
    if (error instanceof Refused) throw error
    throw new Refused(400, 'cut_short', `the upload broke off: ${path}; send it again`)
  }
  await end(notebookId, upload, path)
}

/** A stream in pieces that fit into one message each. */
async function* parts(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    for (let at = 0; at < chunk.byteLength; at += filePartBytes) {
      const piece = chunk.subarray(at, at + filePartBytes)
      if (size + piece.byteLength > filePartBytes) {
        yield Buffer.concat(waiting)
        waiting = []
        size = 0
      }
      waiting.push(piece)
      size += piece.byteLength
    }
  }
  if (size > 0) yield Buffer.concat(waiting)
}
