import type { FieldSchema } from '../../protocol/schema'
import { checkEncoding } from '../body'
import { Refusal } from '../refusal'
import type { Serving } from '../versions'
import { columnsToRecords } from './columns'
import type { Form } from './form'
import { parseLenientJson } from './lenient-json'
import { tensorSpecs } from './tensor-spec'

/** TensorFlow Serving's REST API (tensorflow.org/tfx/serving/api_rest), which KServe's version 1 shares. */

type Asked = { columns: boolean }

export const tensorflowForm: Form<Asked> = {
  check: checkEncoding,
  read(bytes, _headers, serving) {
    const body = parseLenientJson(bytes)
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw new Refusal(400, 'bad_request', 'expected an object with instances or inputs')
    const { instances, inputs } = body as { instances?: unknown; inputs?: unknown }
    if ((instances === undefined) === (inputs === undefined))
      throw new Refusal(400, 'bad_request', 'expected exactly one of instances and inputs')
    const { input } = serving.schema
    const given = instances === undefined ? fromInputs(plain(inputs), input) : named(plain(instances), input)
    return { body: { instances: given }, state: { columns: instances === undefined } }
  },
  write: ({ serving, predictions }, { columns }) => ({
    body: JSON.stringify(
      columns
        ? { outputs: toColumns(predictions, serving.schema.output) }
        : { predictions: predictions.map((each) => unnamed(each, serving.schema.output)) },
    ),
  }),
  refuse: ({ message }) => JSON.stringify({ error: message }),
}

/** `{"b64": …}` is how bytes travel. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only![0] === 'b64' && typeof only![1] === 'string')
    return Buffer.from(only![1], 'base64').toString('utf8')
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]))
}

/** A model of one input may leave out its name. */
const single = (schema: FieldSchema) => {
  const names = schema.type === 'object' ? Object.keys(schema.fields) : []
  return names.length === 1 ? names[0] : undefined
}

function named(instances: unknown, schema: FieldSchema): unknown {
  const name = single(schema)
  if (!Array.isArray(instances)) return instances
  if (name !== undefined)
    return instances.map((each) => (isObject(each) && Object.hasOwn(each, name) ? each : { [name]: each }))
  // A record that is no object may be given under the input's name.
  if (schema.type !== 'object')
    return instances.map((each) => (isObject(each) && Object.hasOwn(each, 'input') ? each.input : each))
  return instances
}

function fromInputs(inputs: unknown, schema: FieldSchema): unknown {
  if (schema.type !== 'object')
    return isObject(inputs) && Object.hasOwn(inputs, 'input') ? inputs.input : inputs
  const name = single(schema)
  if (isObject(inputs)) return columnsToRecords(inputs)
  return name === undefined ? inputs : named(inputs, schema)
}

function unnamed(prediction: unknown, schema: FieldSchema) {
  const name = single(schema)
  return name !== undefined && isObject(prediction) ? prediction[name] : prediction
}

function toColumns(predictions: unknown[], schema: FieldSchema) {
  if (schema.type !== 'object') return predictions
  const name = single(schema)
  const column = (key: string) => predictions.map((each) => (isObject(each) ? (each[key] ?? null) : null))
  if (name !== undefined) return column(name)
  return Object.fromEntries(Object.keys(schema.fields).map((key) => [key, column(key)]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const tensorflowTypes = {
  BOOL: 'DT_BOOL',
  INT64: 'DT_INT64',
  FP32: 'DT_FLOAT',
  FP64: 'DT_DOUBLE',
  BYTES: 'DT_STRING',
}

/** `GET /v1/models/<name>`; `ready` and `name` are for KServe's version 1, which asks at the same address. */
export const tensorflowStatus = (name: string, versions: string[]) => ({
  model_version_status: versions.map((version) => ({
    version,
    state: 'AVAILABLE',
    status: { error_code: 'OK', error_message: '' },
  })),
  name,
  ready: true,
})

/** `GET /v1/models/<name>/metadata`. */
export function tensorflowMetadata(name: string, { version, schema }: Serving) {
  const describe = (field: FieldSchema, alone: 'input' | 'output') =>
    Object.fromEntries(
      tensorSpecs(field, alone).map(({ name: tensor, datatype, shape }) => [
        tensor,
        {
          dtype: tensorflowTypes[datatype],
          tensor_shape: {
            dim: shape.map((size) => ({ size: String(size), name: '' })),
            unknown_rank: false,
          },
          name: `serving_default_${tensor}:0`,
        },
      ]),
    )
  const signature = {
    inputs: describe(schema.input, 'input'),
    outputs: describe(schema.output, 'output'),
    method_name: 'tensorflow/serving/predict',
  }
  return {
    model_spec: { name, signature_name: '', version },
    metadata: { signature_def: { signature_def: { serving_default: signature } } },
  }
}
