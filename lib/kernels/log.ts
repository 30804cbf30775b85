import { Refused } from '../refused'

export type LogPart = { data: Uint8Array; size: number; cut: boolean }
/** Reads a part of an execution's full log from the host that keeps it; empty at the end. */
export type ReadLogPart = (notebookId: string, executionId: string, offset: number) => Promise<LogPart>

const shared = globalThis as typeof globalThis & { cellarReadLog?: ReadLogPart }

/** The socket server says how to reach hosts. */
export function provideLogs(read: ReadLogPart) {
  shared.cellarReadLog = read
}

/** An execution's full log as it comes from its host, 404 when there is none. Nothing of it is kept here. */
export async function openLog(notebookId: string, executionId: string): Promise<ReadableStream<Uint8Array>> {
  const read = shared.cellarReadLog
  if (!read) throw new Refused(503, 'host_absent', 'the machine that keeps this log is not connected')
  let part: LogPart | undefined = await read(notebookId, executionId, 0)
  if (part.size === 0) throw new Refused(404, 'not_found', 'this log is empty, or is not kept any more')
  let offset = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { data } = part ?? (await read(notebookId, executionId, offset))
      part = undefined
      offset += data.byteLength
      if (data.byteLength === 0) controller.close()
      else controller.enqueue(data)
    },
  })
}
