import type { CellState, Output } from '../notebook/state'
import type { KernelEvent, KernelEventBody } from '../protocol/events'

/** Events that fold into these cells' outputs: what a file holds becomes what a kernel once said. */
export function outputEvents(cells: Record<string, CellState>, at = Date.now()): KernelEvent[] {
  const bodies = Object.entries(cells).flatMap(([cellId, cell]): KernelEventBody[] => {
    if (cell.outputs.length === 0) return []
    const { executionId, executionCount } = cell
    const of = { cellId, executionId }
    const count = executionCount === undefined ? {} : { executionCount }
    const state = cell.outputs.some(({ output_type }) => output_type === 'error') ? 'failed' : 'done'
    return [
      { type: 'execution', ...of, state: 'running', ...count },
      ...cell.outputs.map((output) => toEvent(output, of)),
      { type: 'execution', ...of, state, ...count },
    ]
  })
  return bodies.map((body, index) => ({ ...body, epoch: 0, seq: index + 1, at }))
}

function toEvent(output: Output, of: { cellId: string; executionId: string }): KernelEventBody {
  switch (output.output_type) {
    case 'stream':
      return { type: 'stream', ...of, name: output.name, text: output.text + (output.tail ?? '') }
    case 'display_data':
      return { type: 'display_data', ...of, data: output.data, metadata: jsonObject(output.metadata) }
    case 'execute_result': {
      const { data, metadata, execution_count: executionCount } = output
      return { type: 'execute_result', ...of, data, metadata: jsonObject(metadata), executionCount }
    }
    case 'error': {
      const { ename, evalue, traceback, frames } = output
      return { type: 'error', ...of, ename, evalue, traceback, frames }
    }
  }
}

type JsonObject = Extract<KernelEventBody, { type: 'display_data' }>['metadata']
/** Metadata came out of a JSON file. */
const jsonObject = (value: Record<string, unknown>) => value as JsonObject
