import type { InputDefinition, InputOptions } from './definition'

export type TextOptions = InputOptions & {
  value?: string
  placeholder?: string
  /** Several lines. */
  multiline?: boolean
}

export type CheckboxOptions = InputOptions & { value?: boolean }

export type DateOptions = InputOptions & {
  /** Today unless given. */
  value?: Date | string
  min?: Date | string
  max?: Date | string
}

export function text({
  label = '',
  value = '',
  placeholder,
  multiline = false,
}: TextOptions = {}): InputDefinition<string> {
  return {
    label,
    control: { kind: 'text', multiline, ...(placeholder !== undefined && { placeholder }) },
    initial: String(value),
    accept: (sent) => (typeof sent === 'string' ? sent : undefined),
    decode: String,
  }
}

export function checkbox({ label = '', value = false }: CheckboxOptions = {}): InputDefinition<boolean> {
  return {
    label,
    control: { kind: 'checkbox' },
    initial: Boolean(value),
    accept: (sent) => (typeof sent === 'boolean' ? sent : undefined),
    decode: Boolean,
  }
}

/** The variable holds midnight UTC of the day, as a `Date`: what arquero reads from a day in a CSV file. */
export function date({ label = '', value = new Date(), min, max }: DateOptions = {}): InputDefinition<Date> {
  const from = min === undefined ? undefined : dayOf(min)
  const to = max === undefined ? undefined : dayOf(max)
  // Days as text sort as they follow each other.
  const within = (day: string) => (from && day < from ? from : to && day > to ? to : day)
  return {
    label,
    control: { kind: 'date', ...(from && { min: from }), ...(to && { max: to }) },
    initial: within(dayOf(value)),
    accept: (sent) => (typeof sent === 'string' && isDay(sent) ? within(sent) : undefined),
    decode: (day) => new Date(`${day}T00:00:00Z`),
  }
}

const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

function dayOf(value: Date | string) {
  const time = value instanceof Date ? value : new Date(value)
  if (Number.isNaN(time.getTime())) throw new RangeError(`input.date needs a day, as 2026-01-31: ${value}`)
  return time.toISOString().slice(0, 10)
}
