import type { KernelEventBody } from '../../lib/protocol/events'
import { limits } from '../../lib/protocol/limits'
import { bundleBytes } from './limits'

/**
 * Keeps what waits on disk for web within bounds: while that is full, output is left out before it gets a number, so
 * that numbers have no gap, and each execution says what it lacks when there is room again, at the latest with its end.
 * What says how executions and the kernel stand is never left out. Text left out is in the execution's full log.
 */
export type Overflow = (body: KernelEventBody) => void

type Dropped = Extract<
  KernelEventBody,
  { type: 'stream' | 'display_data' | 'update_display_data' | 'clear_output' | 'error' }
>
type Lack = {
  cellId: string
  /** Bytes of text. */
  stdout: number
  stderr: number
  outputs: number
  /** That were passed on all the same: an error says why its cell has failed. */
  errors: number
  /** The last `clear_output`: what came before it is no loss. */
  clear?: Extract<Dropped, { type: 'clear_output' }>
  /** Of each display its last state, the chart of a training at its end, up to `limits.displayBytes`. */
  updates: Map<string, Extract<Dropped, { type: 'update_display_data' }>>
}

const mostErrors = 20

/** `isFull` is asked before each output. */
export function createOverflow(isFull: () => boolean, emit: (body: KernelEventBody) => void): Overflow {
  const lacks = new Map<string, Lack>()

  function drop(body: Dropped) {
    const { cellId, executionId } = body
    const none: Lack = { cellId, stdout: 0, stderr: 0, outputs: 0, errors: 0, updates: new Map() }
    const lack = lacks.get(executionId) ?? none
    lacks.set(executionId, lack)
    if (body.type === 'stream') lack[body.name] += Buffer.byteLength(body.text) + (body.omitted ?? 0)
    else if (body.type === 'clear_output') lacks.set(executionId, { ...none, clear: body })
    else if (body.type === 'update_display_data' && keepUpdate(lack, body)) return
    else if (body.type === 'error' && ++lack.errors <= mostErrors) emit(body)
    else lack.outputs += 1
  }

  function keepUpdate({ updates }: Lack, body: Extract<Dropped, { type: 'update_display_data' }>) {
    const others = [...updates].filter(([id]) => id !== body.displayId)
    const held = others.reduce((sum, [, { data }]) => sum + bundleBytes(data), 0)
    if (held + bundleBytes(body.data) > limits.displayBytes) return false
    updates.set(body.displayId, body)
    return true
  }

  function say(executionId: string) {
    const lack = lacks.get(executionId)
    if (!lack) return
    lacks.delete(executionId)
    const { cellId, stdout, stderr, outputs, clear, updates } = lack
    if (clear) emit(clear)
    for (const update of updates.values()) emit(update)
    const of = { type: 'stream', cellId, executionId } as const
    if (stdout > 0) emit({ ...of, name: 'stdout', text: '', omitted: stdout })
    const parts = [
      ...(stdout + stderr > 0 ? [`${(stdout + stderr).toLocaleString('en')} bytes of text`] : []),
      ...(outputs > 0 ? [`${outputs.toLocaleString('en')} outputs`] : []),
    ]
    if (parts.length === 0) return
    const text = `left out while this machine could not reach Cellar and had no more room: ${parts.join(', ')}\n`
    emit({ ...of, name: 'stderr', text, ...(stderr > 0 && { omitted: stderr }) })
  }

  return (body) => {
    const isOutput = isDroppable(body)
    if (isOutput && isFull()) return drop(body)
    if (isOutput) for (const executionId of [...lacks.keys()]) say(executionId)
    else if (body.type === 'execution' || body.type === 'execute_result') say(body.executionId)
    else if (body.type === 'status' && lacks.size > 0 && isOver(body.state))
      for (const executionId of [...lacks.keys()]) say(executionId)
    emit(body)
  }
}

const droppable = new Set(['stream', 'display_data', 'update_display_data', 'clear_output', 'error'])
const isDroppable = (body: KernelEventBody): body is Dropped => droppable.has(body.type)
const isOver = (state: string) => state === 'dead' || state === 'stopped' || state === 'restarting'
