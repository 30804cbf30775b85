import type { ModelSignature, NamedTensor } from '../../../../lib/protocol/imported-model'
import { RecordError } from './import-error'
import { newData, readValue, sizeOf, type Tensor, writeValue } from './tensor'

/** Tensors of records, by the model's names. All records must have the same shapes (`shapeKey`). */
export function toFeeds({ inputs, batching }: ModelSignature, records: unknown[]): Map<string, Tensor> {
  return new Map(
    inputs.map((input): [string, Tensor] => {
      const values = records.map((record) => tensorValue(record, input, inputs.length))
      const shape = concreteShape(input, values[0])
      const size = sizeOf(shape)
      const data = newData(input.type, size * values.length)
      for (const [i, value] of values.entries()) fill(input, value, shape, 0, data, i * size)
      return [
        input.name,
        { type: input.type, shape: batching === 'whole' ? shape : [values.length, ...shape], data },
      ]
    }),
  )
}

/** The same text for records whose tensors can lie in one; undefined where the model leaves no length open. */
export function shapeKey({ inputs }: ModelSignature, record: unknown): string | undefined {
  if (!inputs.some(({ shape, columns }) => !columns && shape.includes(-1))) return
  return inputs
    .map((input) => concreteShape(input, tensorValue(record, input, inputs.length)).join('x'))
    .join(' ')
}

function tensorValue(record: unknown, { field, columns }: NamedTensor, inputs: number): unknown {
  if (columns) return columns.map((name) => (record as Record<string, unknown>)?.[name])
  return inputs === 1 ? record : (record as Record<string, unknown> | null)?.[field]
}

/** A model's shape with the open lengths as the value has them. */
function concreteShape({ shape, scalar, columns }: NamedTensor, value: unknown): number[] {
  if (columns) return [columns.length]
  if (scalar || !shape.includes(-1)) return shape
  let at = value
  return shape.map((n) => {
    const length = n === -1 ? (Array.isArray(at) ? at.length : 0) : n
    at = Array.isArray(at) ? at[0] : undefined
    return length
  })
}

/** Writes one record's value; answers where the next begins. */
function fill(
  input: NamedTensor,
  value: unknown,
  shape: number[],
  depth: number,
  data: Tensor['data'],
  at: number,
): number {
  if (depth === shape.length || input.scalar) {
    const expected = writeValue(input.type, data, at, value)
    if (expected) throw new RecordError(`${input.field}: expected ${expected}, got ${show(value)}`)
    return at + 1
  }
  if (!Array.isArray(value) || value.length !== shape[depth])
    throw new RecordError(
      `${input.field}: expected a list of ${shape[depth]}, got ${Array.isArray(value) ? `one of ${value.length}` : show(value)}`,
    )
  let next = at
  for (const item of value) next = fill(input, item, shape, depth + 1, data, next)
  return next
}

/** One prediction for each record: the tensor's row, or an object of rows where there are several outputs. */
export function fromAnswer(
  { outputs, batching }: ModelSignature,
  answer: Map<string, Tensor>,
  count: number,
): unknown[] {
  const columns = outputs.map((output): [string, unknown[]] => {
    const tensor = answer.get(output.name)!
    return [output.field, batching === 'whole' ? [nested(tensor, 0, { at: 0 })] : rows(tensor, output, count)]
  })
  if (columns.length === 1) return columns[0]![1]
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(columns.map(([field, column]) => [field, column[i]])),
  )
}

function rows(tensor: Tensor, { name }: NamedTensor, count: number): unknown[] {
  if (tensor.shape[0] !== count)
    throw new RangeError(
      `the output ${name} has the shape [${tensor.shape.join(', ')}] for ${count} ${count === 1 ? 'record' : 'records'}: its first dimension must be ${count}`,
    )
  return nested(tensor, 0, { at: 0 }) as unknown[]
}

function nested(tensor: Tensor, depth: number, place: { at: number }): unknown {
  if (depth === tensor.shape.length) return readValue(tensor.type, tensor.data, place.at++)
  return Array.from({ length: tensor.shape[depth]! }, () => nested(tensor, depth + 1, place))
}

function show(value: unknown) {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
