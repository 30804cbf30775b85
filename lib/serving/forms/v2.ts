import { z } from 'zod'
import { maxRecords } from '../../protocol/records'
import type { FieldSchema } from '../../protocol/schema'
import { checkEncoding } from '../body'
import { isTooDeep, maxDepth } from '../depth'
import { Refusal } from '../refusal'
import type { Serving } from '../versions'
import type { Form } from './form'
import { parseLenientJson } from './lenient-json'
import { isText, schemaOf, type TensorSpec, tensorSpecs } from './tensor-spec'
import { bad, decodeValues, encodeValues, flatValues, type Values } from './v2-data'

/**
 * The Open Inference Protocol, version 2, over REST (github.com/kserve/open-inference-protocol), with the binary extension
 * of Triton's clients: after the JSON come the tensors' bytes, and a header says where.
 */

const parameters = z.looseObject({}).optional()
const question = z.looseObject({
  id: z.string().max(200).optional(),
  parameters,
  inputs: z
    .array(
      z.looseObject({
        name: z.string(),
        shape: z.array(z.number().int().min(0)).min(1).max(9),
        datatype: z.string(),
        parameters,
        data: z.unknown().optional(),
      }),
    )
    .min(1),
  outputs: z.array(z.looseObject({ name: z.string(), parameters })).optional(),
})
type Question = z.infer<typeof question>
type Input = Question['inputs'][number]
type Asked = { id: string | undefined; outputs: { name: string; binary: boolean }[] }

const lengthHeader = 'inference-header-content-length'

export const v2Form: Form<Asked> = {
  // tritonclient sends no content type, and its binary form another than its JSON.
  check: checkEncoding,
  read(bytes, headers, serving) {
    const { json, rest } = split(bytes, headers[lengthHeader])
    const { success, data, error } = question.safeParse(json)
    if (!success) {
      const [issue] = error.issues
      throw new Refusal(400, 'bad_request', `${issue?.path.join('.') || 'the body'}: ${issue?.message}`)
    }
    const records = readInputs(data.inputs, rest, serving)
    return { body: { instances: records }, state: { id: data.id, outputs: outputsOf(data, serving) } }
  },
  write({ requestId, serving, endpoint, predictions }, { id, outputs }) {
    const specs = tensorSpecs(serving.schema.output, 'output')
    const binary: Buffer[] = []
    const written = outputs.map(({ name, binary: asBytes }) => {
      const spec = specs.find((each) => each.name === name)!
      const { shape, values } = column(predictions, spec, schemaOf(serving.schema.output, spec))
      const head = { name, shape, datatype: spec.datatype }
      if (!asBytes) return { ...head, data: values }
      const bytes = encodeValues(spec.datatype, values)
      binary.push(bytes)
      return { ...head, parameters: { binary_data_size: bytes.length } }
    })
    const text = JSON.stringify({
      model_name: endpoint,
      model_version: serving.version,
      id: id ?? requestId,
      outputs: written,
    })
    if (binary.length === 0) return { body: text }
    const json = Buffer.from(text)
    return {
      body: Buffer.concat([json, ...binary]),
      headers: { 'content-type': 'application/octet-stream', [lengthHeader]: String(json.length) },
    }
  },
  refuse: ({ message }) => JSON.stringify({ error: message }),
}

/** `GET /v2/models/<name>`. */
export const v2Metadata = (name: string, versions: string[], { schema }: Serving) => ({
  name,
  versions,
  platform: 'cellar',
  inputs: tensorSpecs(schema.input, 'input').map(publish),
  outputs: tensorSpecs(schema.output, 'output').map(publish),
})
const publish = ({ name, datatype, shape }: TensorSpec) => ({ name, datatype, shape })

function split(bytes: Buffer, header: string | string[] | undefined) {
  if (header === undefined) return { json: parseLenientJson(bytes), rest: Buffer.alloc(0) }
  const length = Number(header)
  if (!Number.isInteger(length) || length < 0 || length > bytes.length)
    throw new Refusal(400, 'bad_request', `${lengthHeader}: expected 0 to ${bytes.length}, got ${header}`)
  return { json: parseLenientJson(bytes.subarray(0, length)), rest: bytes.subarray(length) }
}

/** The records that the inputs hold, one for each place along their first dimension. */
function readInputs(inputs: Input[], rest: Buffer, { schema }: Serving): unknown[] {
  const specs = tensorSpecs(schema.input, 'input')
  const rows = inputs[0]!.shape[0]!
  if (rows > maxRecords)
    throw bad(inputs[0]!.name, `too many records: at most ${maxRecords} in a request, got ${rows}`)
  let at = 0
  const columns = inputs.map((input) => {
    const spec =
      specs.find(({ name }) => name === input.name) ?? (specs.length === 1 && inputs.length === 1 && specs[0])
    if (!spec) throw bad(input.name, `no such input; there are ${specs.map(({ name }) => name).join(', ')}`)
    if (input.shape[0] !== rows)
      throw bad(
        input.name,
        `the first dimension of all inputs must be one, got ${input.shape[0]} and ${rows}`,
      )
    // Places without values would cost memory for nothing sent.
    if (input.shape.slice(1).includes(0)) throw bad(input.name, 'only the first dimension may be 0')
    const count = input.shape.reduce((a, b) => a * b, 1)
    const size = input.parameters?.binary_data_size
    let values: Values
    if (typeof size === 'number') {
      if (at + size > rest.length) throw bad(input.name, 'its bytes are missing at the end of the body')
      values = decodeValues(input.name, input.datatype, rest.subarray(at, at + size), count)
      at += size
    } else values = flatValues(input.name, input.data, count)
    const field = schemaOf(schema.input, spec)
    return { spec, items: rowsOf(values, input, field) }
  })
  return Array.from({ length: rows }, (_, i) => {
    const alone = columns.find(({ spec }) => spec.field === undefined)
    if (alone) return alone.items[i]
    return Object.fromEntries(columns.map(({ spec, items }) => [spec.field, items[i]]))
  })
}

/** One value, or nested array, for each row. */
function rowsOf(values: Values, { name, shape }: Input, schema: FieldSchema): unknown[] {
  const [rows = 0, ...inner] = shape
  if (schema.type === 'tensor') return nest(values, shape) as unknown[]
  if (inner.reduce((a, b) => a * b, 1) !== 1)
    throw bad(name, `expected one value for each record, got shape [${shape.join(', ')}]`)
  return values.slice(0, rows).map((value) => itemOf(value, name, schema))
}

function itemOf(value: Values[number], name: string, schema: FieldSchema): unknown {
  if (typeof value === 'number' && Number.isNaN(value)) return null
  if (typeof value !== 'string' || isText(schema)) return value
  if (schema.type === 'number' || schema.type === 'boolean') return value
  if (isTooDeep(value)) throw bad(name, `its texts nest too deeply: at most ${maxDepth} arrays and objects`)
  try {
    return JSON.parse(value)
  } catch {
    throw bad(name, 'its texts must be JSON')
  }
}

function nest(values: Values, [length = 0, ...inner]: number[]): unknown {
  if (inner.length === 0) return values
  const size = values.length / (length || 1)
  return Array.from({ length }, (_, i) => nest(values.slice(i * size, (i + 1) * size), inner))
}

function outputsOf(asked: Question, { schema }: Serving): Asked['outputs'] {
  const specs = tensorSpecs(schema.output, 'output')
  const all = asked.parameters?.binary_data_output === true
  if (!asked.outputs?.length) return specs.map(({ name }) => ({ name, binary: all }))
  return asked.outputs.map(({ name, parameters: own }) => {
    if (!specs.some((spec) => spec.name === name))
      throw new Refusal(
        400,
        'bad_request',
        `no such output: ${name}; there are ${specs.map((spec) => spec.name).join(', ')}`,
      )
    return { name, binary: typeof own?.binary_data === 'boolean' ? own.binary_data : all }
  })
}

/** One output over all predictions. */
function column(predictions: unknown[], spec: TensorSpec, schema: FieldSchema) {
  const items = predictions.map((prediction) =>
    spec.field === undefined ? prediction : (prediction as Record<string, unknown> | null)?.[spec.field],
  )
  if (schema.type === 'tensor') {
    const inner = shapeOf(items[0])
    return { shape: [items.length, ...inner], values: items.flat(Number.POSITIVE_INFINITY) as Values }
  }
  const values = items.map((item) =>
    spec.datatype === 'BYTES' && !(isText(schema) && typeof item === 'string')
      ? JSON.stringify(item ?? null)
      : ((item ?? null) as Values[number]),
  )
  return { shape: [items.length], values }
}

function shapeOf(value: unknown) {
  const shape: number[] = []
  for (let at = value; Array.isArray(at); at = at[0]) shape.push(at.length)
  return shape
}
