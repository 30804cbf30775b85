import { type InputInfo, isTensor, type TensorLike } from './model-kind'
import type { FieldSchema } from './schema'

/** tfjs, as far as making tensors goes. */
export type TensorMaker = {
  tensor(data: unknown, shape?: number[], dtype?: string): TensorLike
}

/** One input of a model without its batch dimension; -1 is any length. Undefined where the model does not say. */
export type ModelInput = { name: string; shape?: number[]; dtype: string }

/** Inputs as a model names them: a GraphModel's `x:0` is `x`. */
export function modelInputs(inputs: readonly InputInfo[]): ModelInput[] {
  return inputs.map(({ name, shape, dtype }) => ({
    name: name.replace(/:\d+$/, ''),
    shape: shape?.slice(1).map((n) => (n === null || n === undefined || n < 0 ? -1 : n)),
    dtype: dtype ?? 'float32',
  }))
}

/** One input: a record is that input's nested array (or number). Several: an object of them by name. */
export function inputSchema(inputs: readonly ModelInput[]): FieldSchema {
  if (inputs.length === 1) return fieldOf(inputs[0]!)
  return { type: 'object', fields: Object.fromEntries(inputs.map((input) => [input.name, fieldOf(input)])) }
}

function fieldOf({ shape, dtype }: ModelInput): FieldSchema {
  if (!shape || dtype === 'string' || dtype === 'bool') return { type: 'any' }
  return shape.length === 0 ? { type: 'number' } : { type: 'tensor', shape }
}

/** One tensor per input, the records along the first dimension. Throws `RangeError` where records differ in shape. */
export function toTensors(
  tf: TensorMaker,
  inputs: readonly ModelInput[],
  records: readonly unknown[],
): TensorLike[] {
  if (inputs.length === 1) return [stack(tf, inputs[0]!, records)]
  return inputs.map((input) => {
    const values = records.map((record) => (record as Record<string, unknown>)[input.name])
    return stack(tf, input, values)
  })
}

function stack(tf: TensorMaker, input: ModelInput, values: readonly unknown[]): TensorLike {
  const { shape, dtype } = input
  const data = numbersOf(input, values)
  if (!data) return tf.tensor(values, undefined, dtype)
  return tf.tensor(data, [values.length, ...shape!], dtype)
}

/** An input's numbers of all records, one after the other; undefined where its shape is not known. */
export function numbersOf(
  { name, shape, dtype }: ModelInput,
  values: readonly unknown[],
): Float32Array | Int32Array | undefined {
  const known = shape?.every((n) => n >= 0) && (dtype === 'float32' || dtype === 'int32')
  if (!shape || !known) return
  let size = 1
  for (const n of shape) size *= n
  const data =
    dtype === 'int32' ? new Int32Array(values.length * size) : new Float32Array(values.length * size)
  let at = 0
  for (const value of values) at = fill(data, at, value, shape, 0)
  if (at !== data.length)
    throw new RangeError(`${name}: expected ${data.length} numbers for ${values.length} records, got ${at}`)
  return data
}

function fill(
  data: Float32Array | Int32Array,
  at: number,
  value: unknown,
  shape: number[],
  depth: number,
): number {
  if (!Array.isArray(value)) {
    if (typeof value !== 'number') throw new RangeError(`expected a number, got ${String(value)}`)
    data[at] = value
    return at + 1
  }
  if (value.length !== shape[depth])
    throw new RangeError(`expected an array of ${shape[depth] ?? 'no'} numbers, got ${value.length}`)
  let next = at
  for (const item of value) next = fill(data, next, item, shape, depth + 1)
  return next
}

/** What a model returned as one prediction per record: an array, or an object by output name where there are several. */
export function fromTensors(output: unknown, names: readonly string[], count: number): unknown[] {
  if (isTensor(output)) return rows(output, count)
  const named: [string, TensorLike][] = Array.isArray(output)
    ? output.map((each, i) => [names[i] ?? String(i), each as TensorLike])
    : Object.entries(output as Record<string, TensorLike>)
  if (named.length === 1) return rows(named[0]![1], count)
  const columns = named.map(([name, tensor]): [string, unknown[]] => [name, rows(tensor, count)])
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column[i]])),
  )
}

/** A tensor's rows as nested arrays, NaN and infinities as null: JSON has no other word for them. */
export function rows(tensor: TensorLike, count: number): unknown[] {
  const { shape } = tensor
  if (shape[0] !== count)
    throw new RangeError(
      `it returned a tensor of shape [${shape}] for ${count} records: its first dimension must be ${count}`,
    )
  const data = tensor.dataSync()
  let at = 0
  const nest = (depth: number): unknown => {
    if (depth === shape.length) {
      const value: unknown = data[at++]
      return typeof value === 'number' && !Number.isFinite(value) ? null : value
    }
    const items = new Array<unknown>(shape[depth]!)
    for (let i = 0; i < items.length; i++) items[i] = nest(depth + 1)
    return items
  }
  return nest(0) as unknown[]
}
