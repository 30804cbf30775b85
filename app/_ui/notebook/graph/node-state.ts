import type { View } from '../view'

export type NodeState = 'running' | 'queued' | 'failed' | 'stale' | 'fresh' | 'new'

/** How a cell stands, in one word. */
export function nodeState(view: View, id: string): NodeState {
  const state = view.asked[id] ? 'queued' : view.kernel.cells[id]?.state
  if (state === 'running' || state === 'queued') return state
  const validity = view.graph.standings[id]?.validity ?? 'new'
  if (view.settings.reactivity !== 'off') return validity
  return state === 'failed' ? 'failed' : state === undefined ? 'new' : 'fresh'
}
