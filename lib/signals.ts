import { EventEmitter } from 'node:events'

/** What a route did that the live part of the same process must know. */
export type Signal =
  | { type: 'signed_out'; userId: string }
  | { type: 'notebook_renamed'; notebookId: string; title: string }
  | { type: 'notebook_revised'; notebookId: string }
  | { type: 'notebook_deleted'; notebookId: string }

const shared = globalThis as typeof globalThis & { cellarSignals?: EventEmitter<{ signal: [Signal] }> }
// One for all bundles of the process.
const emitter = () => {
  shared.cellarSignals ??= new EventEmitter()
  return shared.cellarSignals
}

export const publish = (signal: Signal) => emitter().emit('signal', signal)

/** Calls back for each signal until the returned function is called. */
export function subscribe(listener: (signal: Signal) => void) {
  emitter().on('signal', listener)
  return () => void emitter().off('signal', listener)
}
