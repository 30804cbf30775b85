import type { InputControl, InputOutput } from '../../../lib/protocol/inputs'

type Json = InputOutput['value']

/** An input as a cell describes it. `Value`: what its variable holds. */
export type InputDefinition<Value> = {
  label: string
  control: InputControl
  initial: Json
  /** What a page sent as a value of this control; undefined if it is none. */
  accept(sent: Json): Json | undefined
  /** The variable's value. */
  decode(value: Json): Value
}

/** What every input takes. */
export type InputOptions = {
  /** Stands beside the control; the variable's name unless given. */
  label?: string
}
