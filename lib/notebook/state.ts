import type {
  Backend,
  ExecutionAsked,
  ExecutionNames,
  ExecutionState,
  Frame,
  Isolation,
  KernelEvent,
  KernelState,
  MimeBundle,
  Position,
} from '../protocol/events'
import { comparePositions } from '../protocol/events'
import { limits } from '../protocol/limits'

/** nbformat's four kinds of output, with what Cellar adds (`omitted`, `frames`, `display_id`). */
export type Output =
  | { output_type: 'stream'; name: 'stdout' | 'stderr'; text: string; omitted?: number; tail?: string }
  | { output_type: 'display_data'; data: MimeBundle; metadata: Record<string, unknown>; display_id?: string }
  | {
      output_type: 'execute_result'
      data: MimeBundle
      metadata: Record<string, unknown>
      execution_count: number
    }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[]; frames: Frame[] }

/** The last execution of a cell that began to run. */
export type Ran = ExecutionAsked & {
  epoch: number
  /** Grows with each execution of an epoch. */
  order: number
  /** Undefined where it neither used nor defined a name. */
  names?: ExecutionNames
  /** Undefined while it runs. */
  ended?: 'done' | 'failed' | 'interrupted'
}

export type CellState = {
  executionId: string
  state: ExecutionState
  executionCount?: number
  /** Run time of the ended execution, milliseconds. */
  ms?: number
  /** When it began to run, milliseconds since 1970. */
  startedAt?: number
  /** What an execution that waits will run with. */
  asked?: ExecutionAsked
  ran?: Ran
  outputs: Output[]
  /** Outputs stay until the next one arrives: a rerun or `clear_output({ wait: true })` began. */
  clearOnNext?: boolean
}

export type NotebookState = {
  position: Position
  kernel: {
    state: KernelState
    reason?: string
    isolation?: Isolation
    backend?: Backend
    /** Why the kernel was replaced or ended without being asked to, until a cell runs in the next one. */
    lost?: string
  }
  cells: Record<string, CellState>
}

export const emptyState = (): NotebookState => ({
  position: { epoch: 0, seq: 0 },
  kernel: { state: 'stopped' },
  cells: {},
})

/**
 * The next state after an event. Pure: web, browsers and tests fold the same events into the same state.
 * An event at or before the state's position changes nothing, so that a repeated one is harmless.
 */
export const applyEvent = (state: NotebookState, event: KernelEvent): NotebookState =>
  applyEvents(state, [event])

/** The next state after several events, which copies the cells once: a notebook may have many, and a batch many events. */
export function applyEvents(before: NotebookState, events: readonly KernelEvent[]): NotebookState {
  let state = before
  /** Made here, and seen by nobody before the end. */
  let own: NotebookState['cells'] | undefined
  for (const event of events) {
    if (comparePositions(event, state.position) <= 0) continue
    if (!isOfCell(event)) {
      state = applyToNotebook(state, event)
      continue
    }
    if (own === undefined || own !== state.cells) own = { ...state.cells }
    own[event.cellId] = applyToCell(own[event.cellId], event)
    const { lost, ...kernel } = state.kernel
    const runs = event.type === 'execution' && event.state === 'running'
    const position = { epoch: event.epoch, seq: event.seq }
    state = { position, kernel: lost !== undefined && runs ? kernel : state.kernel, cells: own }
  }
  return state
}

function applyToNotebook(state: NotebookState, event: Exclude<KernelEvent, CellEvent>): NotebookState {
  const position = { epoch: event.epoch, seq: event.seq }
  if (event.type === 'status') {
    const { isolation = state.kernel.isolation, backend = state.kernel.backend } = event
    const ends = event.state === 'restarting' || event.state === 'stopped'
    const lost = ends ? (event.unasked ? event.reason : undefined) : state.kernel.lost
    const kernel = {
      state: event.state,
      reason: event.reason,
      isolation,
      backend,
      ...(lost !== undefined && { lost }),
    }
    const over = event.state === 'dead' || event.state === 'restarting' || event.state === 'stopped'
    return { position, kernel, cells: over ? endExecutions(state.cells) : state.cells }
  }
  if (event.type === 'update_display_data') {
    const { displayId, data, metadata } = event
    return { ...state, position, cells: mapDisplays(state.cells, displayId, data, metadata) }
  }
  if (event.type === 'tracked') return { ...state, position }
  return { ...state, position, cells: forget(state.cells, event.cellId) }
}

/** Outputs stay for a deletion that is undone. */
function forget(cells: Record<string, CellState>, id: string) {
  const { asked: _asked, ran: _ran, ...rest } = cells[id] ?? {}
  return cells[id] ? { ...cells, [id]: rest as CellState } : cells
}

type CellEvent = Exclude<
  KernelEvent,
  { type: 'status' } | { type: 'update_display_data' } | { type: 'forgotten' } | { type: 'tracked' }
>

const isOfCell = (event: KernelEvent): event is CellEvent =>
  event.type !== 'status' &&
  event.type !== 'update_display_data' &&
  event.type !== 'forgotten' &&
  event.type !== 'tracked'

function applyToCell(before: CellState | undefined, event: CellEvent): CellState {
  if (event.type === 'execution') return applyExecution(before, event)
  const cell = before ?? { executionId: event.executionId, state: 'running' as const, outputs: [] }
  // Output of an execution that a newer one has replaced: late callbacks of old code.
  if (cell.executionId !== event.executionId) return cell
  if (event.type === 'clear_output') {
    return event.wait ? { ...cell, clearOnNext: true } : { ...cell, outputs: [], clearOnNext: false }
  }
  const outputs = cell.clearOnNext ? [] : cell.outputs
  return { ...cell, clearOnNext: false, outputs: appendOutput(outputs, event) }
}

function applyExecution(
  before: CellState | undefined,
  event: Extract<CellEvent, { type: 'execution' }>,
): CellState {
  const { executionId, state, executionCount, ms } = event
  const same = before?.executionId === executionId
  const started = state === 'running' ? event.at : same ? before.startedAt : undefined
  const next: CellState = {
    executionId,
    state,
    executionCount: executionCount ?? before?.executionCount,
    ms,
    startedAt: started,
    ...recordRan(before, event, same),
    outputs: before?.outputs ?? [],
    clearOnNext: same ? before.clearOnNext : true,
  }
  const ended = state === 'done' || state === 'failed'
  if (ended && next.clearOnNext) return { ...next, outputs: [], clearOnNext: false }
  return next
}

/** An execution that is cancelled before it begins leaves what ran before it. */
function recordRan(
  before: CellState | undefined,
  event: Extract<CellEvent, { type: 'execution' }>,
  same: boolean,
): Pick<CellState, 'asked' | 'ran'> {
  const { state, asked, names } = event
  const ran = before?.ran && { ran: before.ran }
  if (state === 'queued') return { ...ran, ...(asked && { asked }) }
  const waited = same ? before?.asked : undefined
  if (state === 'running') {
    const order = event.executionCount ?? 0
    return waited ? { ran: { ...waited, epoch: event.epoch, order, ...(names && { names }) } } : {}
  }
  if (state === 'cancelled' || !same || waited || !before?.ran) return { ...ran }
  return { ran: { ...before.ran, ended: state } }
}

function appendOutput(
  outputs: Output[],
  event: Exclude<CellEvent, { type: 'execution' } | { type: 'clear_output' }>,
): Output[] {
  switch (event.type) {
    case 'stream': {
      const last = outputs.at(-1)
      if (last?.output_type === 'stream' && last.name === event.name) {
        return [...outputs.slice(0, -1), appendText(last, event.text, event.omitted ?? 0)]
      }
      const empty = { output_type: 'stream' as const, name: event.name, text: '' }
      return [...outputs, appendText(empty, event.text, event.omitted ?? 0)]
    }
    case 'display_data': {
      const { data, metadata, displayId } = event
      return [
        ...outputs,
        { output_type: 'display_data', data, metadata, ...(displayId && { display_id: displayId }) },
      ]
    }
    case 'execute_result': {
      const { data, metadata, executionCount } = event
      return [...outputs, { output_type: 'execute_result', data, metadata, execution_count: executionCount }]
    }
    case 'error': {
      const { ename, evalue, traceback, frames } = event
      return [...outputs, { output_type: 'error', ename, evalue, traceback, frames }]
    }
  }
}

/**
 * Keeps the first and the last part of a stream, each without a gap: once something was left out, all that follows is
 * tail, and a later gap begins the tail anew, since two lines must not be read as one.
 */
function appendText(
  stream: Extract<Output, { output_type: 'stream' }>,
  text: string,
  omitted: number,
): Output {
  const gone = (stream.omitted ?? 0) + omitted
  const headOpen = stream.tail === undefined && gone === 0
  if (headOpen && stream.text.length + text.length <= limits.headBytes)
    return { ...stream, text: stream.text + text }
  const room = headOpen ? limits.headBytes - stream.text.length : 0
  const head = stream.text + text.slice(0, room)
  const before = stream.tail ?? ''
  const rest = text.slice(room)
  const all = omitted > 0 ? rest : before + rest
  const excess = Math.max(0, all.length - limits.tailBytes)
  const cut = (omitted > 0 ? byteLength(before) : 0) + byteLength(all.slice(0, excess))
  return { ...stream, text: head, tail: all.slice(excess), omitted: gone + cut }
}

const utf8 = new TextEncoder()
const byteLength = (text: string) => (text === '' ? 0 : utf8.encode(text).length)

function endExecutions(cells: Record<string, CellState>) {
  return Object.fromEntries(
    Object.entries(cells).map(([id, cell]) => {
      if (cell.state === 'queued') return [id, { ...cell, state: 'cancelled' as const, asked: undefined }]
      if (cell.state === 'running')
        return [
          id,
          {
            ...cell,
            state: 'interrupted' as const,
            ran: cell.ran && { ...cell.ran, ended: 'interrupted' as const },
          },
        ]
      return [id, cell]
    }),
  )
}

function mapDisplays(
  cells: Record<string, CellState>,
  displayId: string,
  data: MimeBundle,
  metadata: Record<string, unknown>,
) {
  const next = { ...cells }
  for (const [id, cell] of Object.entries(cells)) {
    const shows = (o: Output) => o.output_type === 'display_data' && o.display_id === displayId
    if (!cell.outputs.some(shows)) continue
    next[id] = {
      ...cell,
      outputs: cell.outputs.map((o) => (shows(o) ? { ...o, data, metadata } : o)) as Output[],
    }
  }
  return next
}
