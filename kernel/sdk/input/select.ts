import type { InputDefinition, InputOptions } from './definition'

/** Choices: the values themselves, or values by the label that is shown. */
export type Choices<Option> = readonly Option[] | Readonly<Record<string, Option>>

export type SelectOptions<Option> = InputOptions & {
  options: Choices<Option>
  /** The first option unless given. */
  value?: NoInfer<Option>
}
export type MultipleOptions<Option> = InputOptions & {
  options: Choices<Option>
  multiple: true
  /** None unless given. */
  value?: NoInfer<Option>[]
}

export function select<Option>({
  label = '',
  options,
  value,
}: SelectOptions<Option>): InputDefinition<Option> {
  const { labels, values } = choicesOf(options)
  const isPlace = placeIn(values)
  return {
    label,
    control: { kind: 'select', options: labels, multiple: false },
    initial: value === undefined ? 0 : placeOf(values, value),
    accept: (sent) => (isPlace(sent) ? sent : undefined),
    decode: (place) => values[place as number]!,
  }
}

export function selectMultiple<Option>({
  label = '',
  options,
  value = [],
}: MultipleOptions<Option>): InputDefinition<Option[]> {
  const { labels, values } = choicesOf(options)
  const isPlace = placeIn(values)
  return {
    label,
    control: { kind: 'select', options: labels, multiple: true },
    initial: value.map((each) => placeOf(values, each)),
    accept: (sent) => (Array.isArray(sent) && sent.every(isPlace) ? [...new Set(sent)] : undefined),
    decode: (places) => (places as number[]).map((place) => values[place]!),
  }
}

const placeIn =
  (values: unknown[]) =>
  (sent: unknown): sent is number =>
    Number.isInteger(sent) && (sent as number) >= 0 && (sent as number) < values.length

function choicesOf<Option>(options: Choices<Option>) {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`input.select needs options, a list or values by their labels: ${String(options)}`)
  const entries: [string, Option][] = Array.isArray(options)
    ? options.map((option: Option) => [String(option), option])
    : Object.entries(options)
  if (entries.length === 0) throw new RangeError('input.select needs at least one option')
  return { labels: entries.map(([label]) => label), values: entries.map(([, value]) => value) }
}

function placeOf<Option>(values: Option[], value: Option) {
  const place = values.indexOf(value)
  if (place < 0) throw new RangeError(`the value is none of the options: ${String(value)}`)
  return place
}
