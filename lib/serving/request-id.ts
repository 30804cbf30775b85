import { randomUUID } from 'node:crypto'

/** A UUID of version 7: its rows lie in the order of their time, so that an index grows at one end. */
export function newRequestId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
