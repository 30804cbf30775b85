import type { KernelEvent } from '../protocol/events'

/** An event with its JSON, as Postgres can hold it. */
export type StoredEvent = { event: KernelEvent; json: string }

// JSON.stringify writes half a surrogate pair as \udXXX, a whole one as itself.
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

/** jsonb holds neither NUL nor half a surrogate pair, which a kernel may print: they become U+FFFD. */
export function cleanEvent(event: KernelEvent): StoredEvent {
  const json = JSON.stringify(event)
  if (!/\\u(0000|d[89a-f])/.test(json)) return { event, json }
  const cleaned = json.replace(unstorable, '$1\\ufffd')
  return cleaned === json ? { event, json } : { event: JSON.parse(cleaned) as KernelEvent, json: cleaned }
}
