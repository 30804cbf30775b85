import type { ImportNaming, ImportReport, NamedTensor } from '../../../../lib/protocol/imported-model'

/** How names are edited: by the model's own, as typed. */
export type Names = { inputs: Record<string, string>; outputs: Record<string, string>; columns: string }

export const namesOf = ({ signature }: ImportReport): Names => ({
  inputs: Object.fromEntries(signature.inputs.map(({ name, field }) => [name, field])),
  outputs: Object.fromEntries(signature.outputs.map(({ name, field }) => [name, field])),
  columns: signature.inputs[0]?.columns?.join(', ') ?? '',
})

/** What is sent of it: only names that differ from the model's. */
export function namingOf({ inputs, outputs, columns }: Names): ImportNaming {
  const named = splitColumns(columns)
  return {
    inputs: changed(inputs),
    outputs: changed(outputs),
    ...(named.length > 0 && { columns: named }),
  }
}

const changed = (names: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(names)
      .map(([name, field]) => [name, field.trim()] as const)
      .filter(([name, field]) => field !== '' && field !== name),
  )

/** Names between commas or lines. */
export const splitColumns = (text: string) =>
  text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** The most values of a list that a person names one by one. */
const mostColumns = 200

/** The input whose values can have names of their own: a single list of numbers. */
export function columnsInput({ signature }: ImportReport): NamedTensor | undefined {
  const [input, ...others] = signature.inputs
  if (!input || others.length > 0 || input.shape.length !== 1) return
  if (input.type === 'string' || input.type === 'bool') return
  return input.shape[0]! <= mostColumns ? input : undefined
}
