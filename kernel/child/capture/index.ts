import { Serializer } from 'node:v8'
import { type Bundle, bundleFormat, type ModelKind } from '../../../lib/protocol/bundle'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import { inputSchema, modelInputs } from '../../../lib/protocol/model-input'
import { type GraphModelLike, type LayersModelLike, modelKind } from '../../../lib/protocol/model-kind'
import { createPredictor } from '../../../lib/protocol/predictor'
import { referenceOf } from '../../../lib/protocol/reference'
import type { FieldSchema } from '../../../lib/protocol/schema'
import { inferField } from '../../../lib/protocol/schema-infer'
import { compileValidator, describeProblem } from '../../../lib/protocol/schema-validate'
import { testRecords, toRecords } from './data'
import { type CaptureScope, encodeGraph } from './encode'
import { CaptureError, PromoteError } from './errors'
import { randomRecords } from './random'
import { findTensorflow } from './tensorflow'

export type { CaptureScope } from './encode'
export { CaptureError, PromoteError } from './errors'

export type PromotionOptions = {
  cellId: string
  endpoint: string
  /** The promoted name; found in the scope where left out. */
  variable?: string
  value: unknown
  /** Records: an array of objects or arrays, an arquero table, or a tensor. Needed for a function. */
  data?: unknown
  /** Fields that take categories beyond those in `data`. */
  allowUnknown?: readonly string[]
  /** tfjs as the kernel has loaded it, if it has. */
  tf?: unknown
  /** Added to what the version says of its making, such as the backend. */
  environment?: Record<string, string>
}

/**
 * A function or model of a cell as a bundle, with the schema of its records and the cell's own predictions for up to 1,000
 * of them. Rejects with `PromoteError` when it was asked for wrongly, `CaptureError` with every variable that cannot be
 * captured, or the error that the function threw on its own data.
 */
export async function capturePromotion(
  scope: CaptureScope,
  options: PromotionOptions,
): Promise<{ request: PromoteRequest; bundle: Uint8Array }> {
  const { cellId, endpoint, value } = options
  const kind = modelKind(value)
  if (!kind)
    throw new PromoteError(
      `cannot promote ${describe(value)}: give a function of an array of records, a LayersModel or a GraphModel`,
    )
  const variable = options.variable ?? nameOf(value, scope) ?? ''
  const name = variable || (typeof value === 'function' && value.name) || 'the function'
  const graph = await encodeGraph(value, name, scope)
  if (graph.refusals.length > 0) throw new CaptureError(graph.refusals)
  const { entry, items, imports, packages } = graph
  const bundle = serialize({ format: bundleFormat, kind, entry, items, imports, packages })
  const environment = { ...versions(imports), ...options.environment }
  const { schema, selfTest, reference } = await examine(kind, value, name, scope, options)
  return { request: { endpoint, cellId, variable, schema, selfTest, reference, environment }, bundle }
}

/** Runs the live value on its records. */
async function examine(
  kind: ModelKind,
  value: unknown,
  name: string,
  scope: CaptureScope,
  options: PromotionOptions,
) {
  const model = kind === 'function' ? undefined : (value as LayersModelLike | GraphModelLike)
  if (!model && options.data === undefined) throw new PromoteError(howToGiveData(options.endpoint, name))
  const inputs = model && modelInputs(namedInputs(model))
  const given = options.data === undefined ? undefined : toRecords(options.data)
  const records = testRecords(given ?? randomRecords(inputs!))
  const predict = createPredictor(kind, value, model && findTensorflow(scope, options.tf))
  const declared = inputs && inputSchema(inputs)
  if (declared && given) checkRecords(declared, records)
  // A copy: a function that changes its records must not change the test.
  const predictions = await predict(structuredClone(records)).catch((cause: Error) => {
    const hint =
      model && !given
        ? `: give data that it can predict, promote('${options.endpoint}', ${name}, { data })`
        : ''
    throw new PromoteError(`${name} failed on its own data: ${cause?.message ?? String(cause)}${hint}`, {
      cause,
    })
  })
  const input = declared ?? inferField(given!, options.allowUnknown)
  const schema = { input, output: inferField(predictions) }
  // Records by chance say nothing of what will come.
  const reference = given && referenceOf(schema, given, predictions)
  return { schema, selfTest: { records, predictions }, reference }
}

function namedInputs(model: LayersModelLike | GraphModelLike) {
  if (!('inputNames' in model)) return model.inputs
  // A Sequential has no input names of its own.
  return model.inputs.map(({ name, shape, dtype }, i) => ({
    name: model.inputNames[i] ?? name,
    shape,
    dtype,
  }))
}

function checkRecords(schema: FieldSchema, records: unknown[]) {
  const validate = compileValidator(schema)
  for (const [i, record] of records.entries()) {
    const found = validate(record)
    if (found) throw new PromoteError(`data[${i}] does not fit the model: ${describeProblem(found)}`)
  }
}

const howToGiveData = (endpoint: string, name: string) =>
  `a function needs records, for its schema and its self-test: await promote('${endpoint}', ${name}, { data: rows })`

/** Not `v8.serialize`: that one copies typed arrays into unaligned views and forgets which of them share a buffer. */
function serialize(bundle: Bundle): Uint8Array {
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(bundle)
  return serializer.releaseBuffer()
}

function versions(imports: Bundle['imports']): Record<string, string> {
  const packages = Object.values(imports).flatMap(({ specifier, version }) =>
    version && !specifier.startsWith('node:') ? [[specifier, version] as const] : [],
  )
  return { node: process.version, ...Object.fromEntries(packages) }
}

const nameOf = (value: unknown, { S }: CaptureScope) => Object.keys(S).find((name) => S[name] === value)

function describe(value: unknown) {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return `the class ${value.name}`
  return typeof value === 'object'
    ? `an object (${value.constructor?.name ?? 'Object'})`
    : `a ${typeof value}`
}
