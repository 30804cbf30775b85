import { z } from 'zod'
import { tracked } from './tracking'

/** What a notebook's kernel says, numbered by the host. Browsers, web and Postgres hold the same events. */

/** A value in several forms, keyed by MIME type (nbformat `MimeBundle`). JSON types hold parsed JSON, others text or base64. */
export const mimeBundle = z.record(z.string(), z.json())
export type MimeBundle = z.infer<typeof mimeBundle>

/** How far a kernel is kept from the machine: 2 bubblewrap, 1 another user with limits, 0 a plain child process. */
export const isolation = z.object({
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  detail: z.string(),
})
export type Isolation = z.infer<typeof isolation>

/** Which TensorFlow a kernel gets, and why not the native one. */
export const backend = z.object({
  name: z.enum(['tensorflow', 'wasm', 'none']),
  version: z.string().optional(),
  reason: z.string().optional(),
})
export type Backend = z.infer<typeof backend>

export const kernelState = z.enum(['starting', 'idle', 'busy', 'restarting', 'dead', 'stopped'])
export type KernelState = z.infer<typeof kernelState>
export const executionState = z.enum(['queued', 'running', 'done', 'failed', 'interrupted', 'cancelled'])
export type ExecutionState = z.infer<typeof executionState>

/** A place in a person's cell, 1-based. */
export const frame = z.object({
  cellId: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  name: z.string().optional(),
})
export type Frame = z.infer<typeof frame>

/** What an execution runs with. */
export const executionAsked = z.object({
  source: z.string(),
  /** Cells whose names it uses. */
  inputs: z.array(z.string()),
  /** Of these, manual ones of which it uses an old value. */
  lent: z.array(z.string()).optional(),
})
export type ExecutionAsked = z.infer<typeof executionAsked>

/** Which cells' values an execution uses, and which it takes the place of. */
export const executionNames = z.object({
  /** Names that have its value from now on, or none since it defines them no more. */
  took: z.array(z.string()),
  /** Each name of others that it uses → the cell that last gave it a value, and those that import the very same. */
  used: z.record(z.string(), z.array(z.string())),
})
export type ExecutionNames = z.infer<typeof executionNames>

const ofCell = { cellId: z.string(), executionId: z.string() }
const display = { ...ofCell, data: mimeBundle, metadata: z.record(z.string(), z.json()) }

export const kernelEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('status'),
    state: kernelState,
    /** For `dead`, `restarting` and `stopped`: what happened, as a sentence. */
    reason: z.string().optional(),
    /** With `restarting` and `stopped`: nobody asked for it, so pages say that the variables are lost. */
    unasked: z.boolean().optional(),
    isolation: isolation.optional(),
    backend: backend.optional(),
  }),
  z.object({
    type: z.literal('execution'),
    ...ofCell,
    state: executionState,
    executionCount: z.number().int().optional(),
    /** Run time, with the states that end an execution. */
    ms: z.number().optional(),
    /** With `queued`: what it was asked with, from which staleness is derived. */
    asked: executionAsked.optional(),
    /** With `running`, unless there is nothing to say. */
    names: executionNames.optional(),
  }),
  /** The cell was deleted, and its names with it: what it ran counts no more. `executionId`: its last. */
  z.object({ type: z.literal('forgotten'), ...ofCell }),
  z.object({
    type: z.literal('stream'),
    ...ofCell,
    name: z.enum(['stdout', 'stderr']),
    text: z.string(),
    /** Bytes of stream text left out just before this text; they are in the full log. */
    omitted: z.number().int().optional(),
  }),
  z.object({ type: z.literal('display_data'), ...display, displayId: z.string().optional() }),
  /** Replaces, wherever it is shown, the data of the display with this id. */
  z.object({ type: z.literal('update_display_data'), ...display, displayId: z.string() }),
  z.object({ type: z.literal('execute_result'), ...display, executionCount: z.number().int() }),
  z.object({
    type: z.literal('error'),
    ...ofCell,
    ename: z.string(),
    evalue: z.string(),
    /** Lines of the trace, the person's own frames as `cell-<id>.ts:line:column`. */
    traceback: z.array(z.string()),
    frames: z.array(frame),
  }),
  /** What a cell records of an experiment, for whoever executed it. Pages are told that, and not what. */
  z.object({ type: z.literal('tracked'), ...ofCell, userId: z.string(), news: tracked }),
  /** `wait`: keep what is shown until the next output comes, so that nothing jumps. */
  z.object({ type: z.literal('clear_output'), ...ofCell, wait: z.boolean() }),
])
export type KernelEventBody = z.infer<typeof kernelEventBody>

/**
 * `(epoch, seq)` is unique in a notebook and grows; `seq` counts from 1 without a gap within its epoch. Epochs of a
 * notebook's own kernels begin with 1; 0 is the run that an example is shown with. `at`: milliseconds since 1970.
 */
const numbered = z.object({ epoch: z.number().int(), seq: z.number().int(), at: z.number() })
export type KernelEvent = KernelEventBody & z.infer<typeof numbered>

// Not `z.intersection`, which checks each event twice and merges the results: web checks thousands a second.
const kernelEvents = kernelEventBody.options.map((body) => body.extend(numbered.shape))
export const kernelEvent = z.discriminatedUnion(
  'type',
  kernelEvents as unknown as typeof kernelEventBody.options,
) as unknown as z.ZodType<KernelEvent>

/** Where a reader stands: the last event it has. */
export const position = z.object({ epoch: z.number().int(), seq: z.number().int() })
export type Position = z.infer<typeof position>

/** Orders positions and events: negative when `a` comes first. */
export const comparePositions = (a: Position, b: Position) => a.epoch - b.epoch || a.seq - b.seq

/** Live figures; not numbered, not kept. */
export const kernelStats = z.object({
  /** Resident memory of the kernel's processes, bytes. */
  memory: z.number(),
  /** Share of one core since the last figure, 0 to the number of cores. */
  cpu: z.number(),
  /** Tensors alive and their bytes, once TensorFlow is loaded. */
  tensors: z.number().int().optional(),
  tensorBytes: z.number().optional(),
})
export type KernelStats = z.infer<typeof kernelStats>
