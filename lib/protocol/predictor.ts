import type { ModelKind } from './bundle'
import { withoutTensorflow } from './dense-calls'
import { toJsonValue } from './json-value'
import { fromTensors, modelInputs, type TensorMaker, toTensors } from './model-input'
import { type GraphModelLike, isTensor, type LayersModelLike, type TensorLike } from './model-kind'

/** tfjs, as far as a prediction needs it. */
export type Tensorflow = TensorMaker & {
  tidy<T>(f: () => T): T
  keep(tensor: TensorLike): TensorLike
  engine(): {
    startScope(name?: string): void
    endScope(result?: unknown): void
    state: { numTensors: number }
  }
}

/** One prediction per record, as JSON values. Rejects with what the person's code threw, or `PredictionError`. */
export type Predictor = (records: unknown[]) => Promise<unknown[]>

/** The function answered, but not with one prediction for each record. */
export class PredictionError extends Error {
  override name = 'PredictionError'
}

/** A batch of a model is cut into calls of this many records, so that a thousand images do not fill the memory at once. */
const batchRecords = 256

/**
 * The one way a promoted value is called: in the kernel when it is promoted, and in the model child for ever after. So
 * that both give the same numbers. With `tf`, tensors that a function left behind are disposed after each call, but for
 * those that it keeps in `shared` variables; without, they stay, as the kernel of a running cell wants it.
 */
export function createPredictor(
  kind: ModelKind,
  value: unknown,
  tf: Tensorflow | undefined,
  shared: () => Iterable<unknown> = () => [],
): Predictor {
  if (kind === 'function') return callFunction(value as (records: unknown[]) => unknown, tf, shared)
  if (!tf) throw new Error('a model needs tensorflow')
  const call =
    kind === 'layers' ? callLayers(value as LayersModelLike, tf) : callGraph(value as GraphModelLike, tf)
  return async (records) => {
    if (records.length <= batchRecords) return call(records)
    const predictions: unknown[] = []
    for (let at = 0; at < records.length; at += batchRecords)
      predictions.push(...(await call(records.slice(at, at + batchRecords))))
    return predictions
  }
}

function callLayers(model: LayersModelLike, tf: Tensorflow) {
  // A Sequential has no input names of its own.
  const inputs = modelInputs(
    model.inputs.map((input, i) => ({ ...pick(input), name: model.inputNames[i] ?? input.name })),
  )
  // `apply` without training is what `predict` does for each batch, without its slicing and joining.
  const call = (records: unknown[]) =>
    tf.tidy(() => {
      const given = toTensors(tf, inputs, records)
      const output = model.apply(given.length === 1 ? given[0] : given, { training: false })
      return fromTensors(output, model.outputNames, records.length)
    })
  return withoutTensorflow(model, inputs, call)
}

function callGraph(model: GraphModelLike, tf: Tensorflow) {
  const inputs = modelInputs(model.inputs)
  const names = model.outputs.map(({ name }) => name.replace(/:\d+$/, ''))
  const given = (records: unknown[]) => {
    const tensors = toTensors(tf, inputs, records)
    if (tensors.length === 1) return tensors[0]!
    return Object.fromEntries(model.inputs.map(({ name }, i) => [name, tensors[i]!]))
  }
  /** Loops, branches and shapes that only the data decides: tfjs runs such graphs asynchronously alone, and more slowly. */
  let dynamic = false
  return async (records: unknown[]) => {
    if (!dynamic) {
      try {
        return tf.tidy(() => fromTensors(model.predict(given(records)), names, records.length))
      } catch (error) {
        if (!/executeAsync/.test((error as Error).message)) throw error
        dynamic = true
      }
    }
    const tensors = given(records)
    let output: unknown
    try {
      output = await model.predictAsync(tensors)
      return fromTensors(output, names, records.length)
    } finally {
      for (const tensor of [...tensorsOf(tensors), ...tensorsOf(output)]) tensor.dispose()
    }
  }
}

function callFunction(
  f: (records: unknown[]) => unknown,
  tf: Tensorflow | undefined,
  shared: () => Iterable<unknown>,
): Predictor {
  if (!tf) return async (records) => toPredictions(await f(records), records.length)
  return async (records) => {
    const engine = tf.engine()
    const before = engine.state.numTensors
    // `tidy` cannot hold an async function; the scope can, as long as one call runs at a time.
    engine.startScope('predict')
    try {
      return toPredictions(await f(records), records.length)
    } finally {
      // A cache of the person's own: looked for only when something was left.
      if (engine.state.numTensors > before) for (const tensor of heldTensors(shared())) tf.keep(tensor)
      engine.endScope()
    }
  }
}

/** How many entries of a shared list, Map or object are looked at for tensors. */
const heldEntries = 256

function* heldTensors(values: Iterable<unknown>): Iterable<TensorLike> {
  for (const value of values) {
    if (isTensor(value)) yield value
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      const entries =
        value instanceof Map || value instanceof Set ? value.values() : Object.values(value).values()
      let seen = 0
      for (const entry of entries) {
        if (seen++ === heldEntries) break
        if (isTensor(entry)) yield entry
      }
    }
  }
}

/** What a function returned, as JSON values. Throws `PredictionError` unless it is one prediction for each record. */
export function toPredictions(output: unknown, count: number): unknown[] {
  const many = count === 1 ? '1 record' : `${count} records`
  const list = isTensor(output) ? output.arraySync() : toList(output)
  if (!Array.isArray(list))
    throw new PredictionError(
      `it returned ${describe(output)} for ${many}: return an array with one prediction for each`,
    )
  if (list.length !== count)
    throw new PredictionError(`it returned ${list.length} predictions for ${many}: return one for each`)
  return list.map(toPrediction)
}

function toPrediction(value: unknown, i: number): unknown {
  try {
    return toJsonValue(value)
  } catch (cause) {
    throw new PredictionError(`prediction ${i} cannot be sent: ${(cause as Error).message}`, { cause })
  }
}

function toList(output: unknown): unknown {
  if (ArrayBuffer.isView(output) && !(output instanceof DataView)) return Array.from(output as Float64Array)
  if (typeof output !== 'object' || output === null) return output
  if ('objects' in output && 'numRows' in output) return (output as { objects(): unknown[] }).objects()
  return output
}

function tensorsOf(output: unknown): TensorLike[] {
  if (isTensor(output)) return [output]
  return typeof output === 'object' && output !== null ? Object.values(output).filter(isTensor) : []
}

/** `inputs` are symbolic tensors with far more than this. */
const pick = ({ shape, dtype }: { shape?: (number | null)[]; dtype?: string }) => ({ shape, dtype })

function describe(value: unknown) {
  if (value === undefined || value === null) return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
