import type { ModelInput } from '../../../lib/protocol/model-input'

const records = 8
/** For a dimension that the model leaves open. */
const openLength = 16

/** Records for a model's self-test where the cell gave none: the same for the same model. */
export function randomRecords(inputs: readonly ModelInput[]): unknown[] {
  const random = mulberry32(1)
  const value = ({ shape = [], dtype }: ModelInput) =>
    nested(shape, () => (dtype === 'int32' ? Math.floor(2 * random()) : random()))
  return Array.from({ length: records }, () =>
    inputs.length === 1
      ? value(inputs[0]!)
      : Object.fromEntries(inputs.map((input) => [input.name, value(input)])),
  )
}

function nested([length, ...rest]: number[], make: () => number): unknown {
  if (length === undefined) return make()
  return Array.from({ length: length < 0 ? openLength : length }, () => nested(rest, make))
}

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
