import type { Awareness } from 'y-protocols/awareness'
import type { Visitor } from './view'

/** Colours of people's cursors: legible on both schemes, far apart. */
const colors = ['#b8457a', '#2f7dd1', '#2f8f5b', '#b86b00', '#7a5bd0', '#0f8a96', '#c2453b', '#5f7a1f']
export const visitorColor = (clientId: number) => colors[clientId % colors.length]!

/** Tells who else is here, now and whenever it changes. Returns what ends it. */
export function watchVisitors(awareness: Awareness, tell: (visitors: Visitor[]) => void): () => void {
  let last = ''
  const read = () => {
    const others = [...awareness.getStates()].filter(([id]) => id !== awareness.clientID)
    const visitors = others.map(([id, state]) => ({
      id,
      name: nameOf(state) ?? 'someone',
      color: visitorColor(id),
    }))
    // Every move of a cursor is a change of awareness; only a change of people is told.
    const key = JSON.stringify(visitors)
    if (key === last) return
    last = key
    tell(visitors)
  }
  awareness.on('change', read)
  return () => awareness.off('change', read)
}

function nameOf(state: Record<string, unknown>) {
  const user = state.user as { name?: unknown } | undefined
  return typeof user?.name === 'string' ? user.name : undefined
}
