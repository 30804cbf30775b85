import type { Database } from '../../lib/db'
import { trimStreams } from '../../lib/kernels/trim'
import type { KernelEvent } from '../../lib/protocol/events'
import { limits } from '../../lib/protocol/limits'

/** How much more than what is shown may lie in the table before it is trimmed. */
const slack = 4_000_000
const most = limits.headBytes + limits.tailBytes + slack

/** Keeps the stream text of each execution within what is shown of it. */
export type Trimmer = { count(events: KernelEvent[]): Promise<void> }

export function createTrimmer(notebookId: string, db: Database): Trimmer {
  const written = new Map<string, { cellId: string; executionId: string; size: number }>()
  return {
    async count(events) {
      for (const event of events) {
        if (event.type === 'execution' && event.state !== 'queued' && event.state !== 'running')
          written.delete(event.executionId)
        if (event.type !== 'stream') continue
        const { cellId, executionId, text } = event
        const entry = written.get(executionId) ?? { cellId, executionId, size: 0 }
        entry.size += text.length
        written.set(executionId, entry)
        if (entry.size <= most) continue
        entry.size = limits.headBytes + limits.tailBytes
        await trimStreams(notebookId, entry, limits, db)
      }
    },
  }
}
