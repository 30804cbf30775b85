import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { inputKey } from '../../lib/protocol/input-key'
import type { InputChange, InputControl, InputOutput } from '../../lib/protocol/inputs'
import { mime } from '../../lib/protocol/mime'
import type { InputHost } from '../sdk/input'
import type { InputDefinition } from '../sdk/input/definition'
import type { Display } from './display'
import type { Executions } from './executions'
import type { Scope } from './scope'

/** The inputs that a notebook's cells show, and what people set them to. */
export type Inputs = InputHost & {
  /**
   * Takes what people set. While a cell runs, its names keep their values: the newest change of each input comes into
   * force with `settle`.
   */
  change(changes: InputChange[]): void
  /** A cell has ended: what was set since it began is now the variables' value. */
  settle(): void
  forget(cellId: string): void
  /** Throws unless the input is shown and takes files. */
  expectsFile(of: Pick<InputChange, 'cellId' | 'name' | 'definition'>): void
}

type Shown = {
  cellId: string
  displayId: string
  definition: InputDefinition<unknown>
  output: InputOutput
}

export function createInputs(
  scope: Scope,
  executions: Executions,
  display: Pick<Display, 'showBundle' | 'updateBundle' | 'freshId'>,
): Inputs {
  const shown = new Map<string, Shown>()
  const waiting = new Map<string, InputChange>()
  /** Set by people, also before the cell ran: a new kernel is told what its predecessor knew. */
  const kept = new Map<string, Pick<InputChange, 'definition' | 'value'>>()

  const apply = (change: InputChange) => {
    const key = inputKey(change)
    const found = shown.get(key)
    if (!found) return void kept.set(key, change)
    const { cellId, displayId, definition, output } = found
    // Of a control that a rerun has replaced.
    if (change.definition !== output.definition) return
    const value = definition.accept(change.value)
    if (value !== undefined) {
      kept.set(key, { definition: output.definition, value })
      output.value = value
      scope.assign(cellId, output.name, definition.decode(value))
    }
    output.stamp = change.stamp
    display.updateBundle(displayId, bundleOf(output, definition))
  }

  const settle = () => {
    const changes = [...waiting.values()]
    waiting.clear()
    for (const change of changes) apply(change)
  }

  return {
    define(name, definition) {
      const { control, initial } = definition
      const cellId = executions.owner()?.cellId
      if (name === undefined || cellId === undefined) throw new TypeError(unnamed(control))
      const label = definition.label || name
      const id = digest(control, label, initial)
      const key = inputKey({ cellId, name })
      const before = kept.get(key)
      const set = before?.definition === id ? definition.accept(before.value) : undefined
      const value = set ?? initial
      const output: InputOutput = { name, label, definition: id, control, value }
      const displayId = display.freshId('input')
      shown.set(key, { cellId, displayId, definition, output })
      display.showBundle(bundleOf(output, definition), displayId)
      return definition.decode(value)
    },
    change(changes) {
      for (const change of changes) waiting.set(inputKey(change), change)
      if (!executions.current()) settle()
    },
    settle,
    expectsFile(of) {
      const output = shown.get(inputKey(of))?.output
      if (output?.definition !== of.definition || output.control.kind !== 'file')
        throw new Error(`the input is not there any more; run its cell: ${of.name}`)
    },
    forget(cellId) {
      for (const [key, each] of shown) {
        if (each.cellId !== cellId) continue
        shown.delete(key)
        kept.delete(key)
      }
    },
  }
}

const unnamed = ({ kind }: InputControl) =>
  `an input is the whole value of a variable at the top of its cell; write const name = input.${kind}(…)`

/** Differs where another control, label or first value was written. */
const digest = (...parts: unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

function bundleOf(output: InputOutput, { decode }: InputDefinition<unknown>) {
  const value = inspect(decode(output.value), { depth: 1, breakLength: Number.POSITIVE_INFINITY })
  return { [mime.input]: { ...output }, 'text/plain': `${output.label}: ${value}` }
}
