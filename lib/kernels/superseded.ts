import { comparePositions, type KernelEvent, type Position } from '../protocol/events'

/** What a notebook's newest events make needless in the table. */
export type Superseded =
  | { what: 'event'; at: Position }
  /** Everything a cell said in executions before this one. */
  | { what: 'executions'; cellId: string; executionId: string; before: Position }
  /** An execution's outputs before it cleared them. */
  | { what: 'outputs'; cellId: string; executionId: string; before: Position }

/** The last events of kinds of which only the last one counts. */
export type Latest = { status?: Position; updates: Map<string, Position> }

export const nothingYet = (): Latest => ({ updates: new Map() })

/** What these events supersede, of earlier ones and of themselves. Changes `latest`. */
export function findSuperseded(events: KernelEvent[], latest: Latest): Superseded[] {
  const found: Superseded[] = []
  for (const event of events) {
    const at = { epoch: event.epoch, seq: event.seq }
    switch (event.type) {
      case 'status':
        // The end of a kernel also ends its executions, and the first states tell its isolation: those stay.
        if ((event.state !== 'idle' && event.state !== 'busy') || event.isolation || event.backend) break
        if (latest.status) found.push({ what: 'event', at: latest.status })
        latest.status = at
        break
      case 'execution':
        if (event.state !== 'running') break
        found.push({ what: 'executions', cellId: event.cellId, executionId: event.executionId, before: at })
        break
      case 'clear_output':
        found.push({ what: 'outputs', cellId: event.cellId, executionId: event.executionId, before: at })
        break
      case 'update_display_data': {
        const key = `${event.executionId} ${event.displayId}`
        const last = latest.updates.get(key)
        if (last) found.push({ what: 'event', at: last })
        latest.updates.set(key, at)
        break
      }
    }
  }
  return found
}

/** Whether an event is among those superseded. An update may belong to another cell's display: the table knows. */
export function supersedes(item: Superseded, event: KernelEvent): boolean {
  if (item.what === 'event') return comparePositions(event, item.at) === 0
  if (event.type === 'status' || event.cellId !== item.cellId || comparePositions(event, item.before) >= 0)
    return false
  if (item.what === 'outputs') return event.executionId === item.executionId && event.type !== 'execution'
  return event.executionId !== item.executionId && event.type !== 'update_display_data'
}
