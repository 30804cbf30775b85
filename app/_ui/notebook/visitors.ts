import type { Awareness } from 'y-protocols/awareness'
import type { Visitor } from './view'

/** Colours of people's cursors: legible on both schemes, far apart. */
const colors = ['#b8457a', '#2f7dd1', '#2f8f5b', '#b86b00', '#7a5bd0', '#0f8a96', '#c2453b', '#5f7a1f']

/** The colour of a person, the same on every page and at every visit. */
export function visitorColor(personId: string): string {
  let hash = 0
  for (const letter of personId) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
  return colors[hash % colors.length]!
}

/**
 * Tells who else is here, now and whenever it changes: each person once, however many pages they have open, and not the
 * person of this page. Returns what ends it.
 */
export function watchVisitors(
  awareness: Awareness,
  personId: string,
  tell: (visitors: Visitor[]) => void,
): () => void {
  let last = ''
  const read = () => {
    const visitors = new Map<string, Visitor>()
    for (const [client, state] of awareness.getStates()) {
      const { id, name } = userOf(client, state)
      if (client === awareness.clientID || id === personId) continue
      const known = visitors.get(id)
      if (known) known.clients.push(client)
      else visitors.set(id, { id, name, color: visitorColor(id), clients: [client] })
    }
    // Every move of a cursor is a change of awareness; only a change of people is told.
    const people = [...visitors.values()]
    const key = JSON.stringify(people)
    if (key === last) return
    last = key
    tell(people)
  }
  awareness.on('change', read)
  return () => awareness.off('change', read)
}

/** What another page says of its person; one that says nothing stands for itself. */
function userOf(client: number, state: Record<string, unknown>): { id: string; name: string } {
  const { id, name } = (state.user ?? {}) as { id?: unknown; name?: unknown }
  return {
    id: typeof id === 'string' ? id : String(client),
    name: typeof name === 'string' ? name : 'someone',
  }
}
