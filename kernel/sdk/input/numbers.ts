import type { InputControl } from '../../../lib/protocol/inputs'
import type { InputDefinition, InputOptions } from './definition'

export type SliderOptions = InputOptions & {
  /** 0 unless given. */
  min?: number
  /** 100 unless given. */
  max?: number
  /** 1 unless given; a hundredth of the range where its ends are 0 and 1, or no whole numbers. */
  step?: number
  /** `min` unless given. */
  value?: number
}

export type NumberOptions = InputOptions & {
  min?: number
  max?: number
  step?: number
  /** 0 unless given, or the nearest that is allowed. */
  value?: number
}

export function slider({
  label = '',
  min = 0,
  max = 100,
  step,
  value = min,
}: SliderOptions = {}): InputDefinition<number> {
  needsNumbers('slider', { min, max, step, value })
  if (min >= max) throw new RangeError(`a slider's min must be below its max: ${min}, ${max}`)
  const isWhole = [min, max, value].every(Number.isInteger) && max - min > 1
  const stride = step ?? (isWhole ? 1 : (max - min) / 100)
  if (stride <= 0) throw new RangeError(`a slider's step must be above 0: ${stride}`)
  return {
    label,
    control: { kind: 'slider', min, max, step: stride },
    initial: within(value, min, max),
    accept: (sent) => (isNumber(sent) ? within(sent, min, max) : undefined),
    decode: Number,
  }
}

export function number({
  label = '',
  min,
  max,
  step,
  value = 0,
}: NumberOptions = {}): InputDefinition<number> {
  needsNumbers('number', { min, max, step, value })
  if (min !== undefined && max !== undefined && min > max)
    throw new RangeError(`a number's min must not be above its max: ${min}, ${max}`)
  const control: Extract<InputControl, { kind: 'number' }> = { kind: 'number' }
  for (const [name, bound] of Object.entries({ min, max, step }))
    if (bound !== undefined) control[name as 'min' | 'max' | 'step'] = bound
  return {
    label,
    control,
    initial: within(value, min, max),
    accept: (sent) => (isNumber(sent) ? within(sent, min, max) : undefined),
    decode: Number,
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const within = (value: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY) =>
  Math.min(max, Math.max(min, value))

function needsNumbers(kind: string, values: Record<string, unknown>) {
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && !isNumber(value))
      throw new TypeError(`input.${kind} needs a number as ${name}: ${String(value)}`)
}
