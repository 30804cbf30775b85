import { button } from './input/button'
import type { InputDefinition, InputOptions } from './input/definition'
import { type FileOptions, file, files, type InputFile } from './input/file'
import { type NumberOptions, number, type SliderOptions, slider } from './input/numbers'
import { type MultipleOptions, type SelectOptions, select, selectMultiple } from './input/select'
import { type TableLike, type TableOptions, table } from './input/table'
import { type CheckboxOptions, checkbox, type DateOptions, date, type TextOptions, text } from './input/texts'

export type InputHost = {
  /** Shows the control and gives the value that its variable has now. `name`: the variable, where it is one. */
  define<Value>(name: string | undefined, definition: InputDefinition<Value>): Value
}

/**
 * Controls whose value is a variable: `const k = input.slider({ min: 1, max: 10 })` makes `k` a number, and moving the
 * slider gives `k` another one and reruns the cells that use it.
 */
export type Input = {
  slider(options?: SliderOptions): number
  number(options?: NumberOptions): number
  text(options?: TextOptions): string
  checkbox(options?: CheckboxOptions): boolean
  /** Midnight UTC of the chosen day. */
  date(options?: DateOptions): Date
  select<const Option>(options: MultipleOptions<Option>): Option[]
  select<const Option>(options: SelectOptions<Option>): Option
  /** The rows that are picked: a table of an arquero table, an array of an array. */
  table<Data extends TableLike | readonly object[]>(
    options: TableOptions<Data>,
  ): Data extends readonly (infer Row)[] ? Row[] : Data
  /** What was chosen; it lies in the notebook's folder. */
  file(options: FileOptions & { multiple: true }): InputFile[]
  file(options?: FileOptions & { multiple?: false }): InputFile | undefined
  /** How often it was pressed. */
  button(options?: InputOptions): number
}

/** `named`: the same functions for the variable of this name; any other value as it is. */
export function createInput(host: InputHost) {
  const of = (name?: string) =>
    ({
      slider: (options) => host.define(name, slider(options)),
      number: (options) => host.define(name, number(options)),
      text: (options) => host.define(name, text(options)),
      checkbox: (options) => host.define(name, checkbox(options)),
      date: (options) => host.define(name, date(options)),
      select: (options: SelectOptions<unknown> | MultipleOptions<unknown>) =>
        'multiple' in options && options.multiple
          ? host.define(name, selectMultiple(options))
          : host.define(name, select(options as SelectOptions<unknown>)),
      table: (options) => host.define(name, table(options)),
      file: ({ multiple, ...options }: FileOptions & { multiple?: boolean } = {}) =>
        multiple ? host.define(name, files(options)) : host.define(name, file(options)),
      button: (options) => host.define(name, button(options)),
    }) as Input
  const input = of()
  const named = (name: string, target: unknown) => (target === input ? of(name) : target)
  return { input, named }
}
