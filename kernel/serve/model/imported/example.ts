import type { ModelSignature, NamedTensor } from '../../../../lib/protocol/imported-model'
import { isInteger } from './tensor'

/** Lengths that are tried where a model leaves them open: pictures need more than one pixel. */
export const openLengths = [1, 8, 32, 224]

/**
 * A record that fits a signature. Integers are 0, as most of them are indexes; other numbers differ, so that a model which
 * mixes its inputs up is seen to. `variant`: another number, another record.
 */
export function madeRecord({ inputs }: ModelSignature, openLength: number, variant: number): unknown {
  const next = numbers(variant)
  const values = inputs.map((input) => {
    if (input.columns) return Object.fromEntries(input.columns.map((name) => [name, scalar(input, next)]))
    if (input.scalar) return scalar(input, next)
    return nest(
      input.shape.map((n) => (n === -1 ? openLength : n)),
      () => scalar(input, next),
    )
  })
  if (inputs.length === 1) return values[0]
  return Object.fromEntries(inputs.map(({ field }, i) => [field, values[i]]))
}

const nest = (shape: number[], value: () => unknown): unknown =>
  shape.length === 0 ? value() : Array.from({ length: shape[0]! }, () => nest(shape.slice(1), value))

function scalar({ type }: NamedTensor, next: () => number): unknown {
  if (type === 'string') return ''
  if (type === 'bool') return false
  return isInteger(type) ? 0 : next()
}

/** The same numbers each time, from 0 to 1, with few digits: people read and edit them. */
function numbers(seed: number) {
  let state = seed + 1
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return Math.round((state / 2_147_483_647) * 1000) / 1000
  }
}
