import { z } from 'zod'
import type { Analysis } from '../notebook/graph/analysis'
import type { NotebookState } from '../notebook/state'
import { isAskMethod } from './asks'
import { type KernelEvent, type KernelStats, position } from './events'
import type { Answer } from './hosts'
import { inputChange } from './inputs'
import type { Promoted } from './kernel'
import type { CellProblems } from './language'
import { endpointName } from './serving'

/** Between a browser and web, over socket.io, default namespace. Every request is answered with an `Answer`. */

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
/** What a person calls a revision. */
export const revisionName = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(200, 'use at most 200 characters')
  .regex(/^[^\0]*$/)
const cellId = z.string().regex(/^[0-9a-z]{1,64}$/)

export const clientMessages = {
  /** First; the server answers with what the client lacks. `after`: the last kernel event it has, on a reconnection. */
  'notebook.join': z.object({ notebookId: z.uuid(), stateVector: bytes, after: position.optional() }),
  'notebook.leave': z.object({}),
  /** A Yjs update; acknowledged after its commit. */
  'notebook.update': z.object({ update: bytes }),
  /** y-protocols awareness, not kept. */
  'notebook.awareness': z.object({ update: bytes }),
  'notebook.rename': z.object({
    title: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^\0]*$/),
  }),
  /**
   * Keeps the document as it is as a revision, once it holds all that `stateVector` names. `name`: a person gives it one.
   * `restored`: it was made by bringing this revision back. Without either: the present, before something is restored.
   */
  'notebook.revise': z.object({
    stateVector: bytes,
    name: revisionName.optional(),
    restored: z.uuid().optional(),
  }),
  /** See `lib/protocol/asks`. */
  'notebook.ask': z.object({ method: z.string().refine(isAskMethod), params: z.json() }),
  /** The sources are read from the server's document, once it holds all that `stateVector` names. */
  'kernel.execute': z.object({
    cellIds: z.array(cellId).max(1000),
    stateVector: bytes,
    /**
     * What is meant; `cells` unless given. `cells`: these, after their stale ancestors and, in a notebook that runs
     * automatically, before all that depends on them. `stale`: everything stale. `dependants`: all that depends on these.
     */
    plan: z.enum(['cells', 'stale', 'dependants']).optional(),
  }),
  /** Moves an input; the cells that use it run again with the newest value, unless the notebook's mode is off. */
  'kernel.input': inputChange,
  'kernel.interrupt': z.object({}),
  'kernel.cancel': z.object({ executionId: z.string() }),
  'kernel.restart': z.object({}),
  'kernel.stop': z.object({}),
  'kernel.promote': z.object({ cellId, variable: z.string().min(1).max(200), endpoint: endpointName }),
} as const
export type ClientMessages = { [K in keyof typeof clientMessages]: z.infer<(typeof clientMessages)[K]> }

/** What each request is answered with, beside `ok: true`. */
export type ClientAnswers = {
  'notebook.join': {
    title: string
    role: 'owner' | 'editor' | 'viewer'
    update: Uint8Array
    stateVector: Uint8Array
    /** The events after `after`, or the whole folded state. */
    kernel: { events: KernelEvent[] } | { state: NotebookState }
    /** What is known of cells' names by now; the rest follows as `notebook.analyses`. */
    analyses: Record<string, Analysis>
    host: 'connected' | 'absent'
  }
  'notebook.leave': object
  'notebook.update': object
  'notebook.awareness': object
  'notebook.rename': object
  'notebook.revise': { id: string }
  'notebook.ask': { result: unknown }
  'kernel.execute': {
    executions: { cellId: string; executionId: string }[]
    /** Asked cells that were not run: these manual cells have to run first. */
    blocked: { cellId: string; by: string[] }[]
  }
  'kernel.input': object
  'kernel.interrupt': { kept: boolean }
  'kernel.cancel': object
  'kernel.restart': object
  'kernel.stop': object
  'kernel.promote': { promoted: Promoted }
}

export type ClientToServer = {
  [K in keyof ClientMessages]: (
    message: ClientMessages[K],
    reply: (answer: Answer<ClientAnswers[K]>) => void,
  ) => void
}

export interface ServerToClient {
  'notebook.update'(update: Uint8Array): void
  'notebook.awareness'(update: Uint8Array): void
  'notebook.renamed'(message: { title: string }): void
  /** Its history is another. */
  'notebook.revised'(): void
  /** Of cells whose names changed; null for one that runs no more. */
  'notebook.analyses'(change: Record<string, Analysis | null>): void
  'kernel.events'(events: KernelEvent[]): void
  'kernel.stats'(stats: KernelStats): void
  /** Of the cells whose problems are other ones than before. */
  'language.problems'(cells: CellProblems[]): void
  /** What an installation of packages does just now; may be lost. */
  'packages.installing'(message: { line: string }): void
  'host.state'(state: 'connected' | 'absent'): void
}
