import type {
  ImportFormat,
  ModelFile,
  ModelTensor,
  TensorType,
} from '../../../../lib/protocol/imported-model'
import {
  type GraphModelLike,
  type InputInfo,
  isTensor,
  type LayersModelLike,
  type TensorLike,
} from '../../../../lib/protocol/model-kind'
import { loadTensorflow, type TensorflowModule } from '../tensorflow'
import { ImportError, messageOf } from './import-error'
import { parseModelJson } from './recognise'
import { newData, type Runner, type Tensor, type TensorData } from './tensor'

/** A layers or graph model of TensorFlow.js: `model.json` and the shards that it names. */
export async function loadTfjs(format: ImportFormat, files: ModelFile[]): Promise<Runner> {
  const handler = { load: async () => tfjsArtifacts(files) }
  const tf = await loadTensorflow()
  const [json] = files
  const load = async () =>
    format === 'tfjs-layers'
      ? layersRunner(tf, (await tf.loadLayersModel(handler)) as LayersModelLike)
      : graphRunner(tf, (await tf.loadGraphModel(handler)) as GraphModelLike)
  return load().catch((cause: unknown) => {
    if (cause instanceof ImportError) throw cause
    throw new ImportError(`TensorFlow.js cannot load it, ${messageOf(cause)}: ${json!.path}`, { cause })
  })
}

type ManifestGroup = { paths: string[]; weights: { name: string }[] }

/** What tfjs's own loader makes of the files; it would fetch them by address. */
export function tfjsArtifacts(files: ModelFile[]) {
  const [json, ...others] = files
  const model = parseModelJson(json!)
  const manifest = (model.weightsManifest ?? []) as ManifestGroup[]
  const shards = manifest.flatMap(({ paths }) => paths)
  const parts = shards.map((path) => {
    const name = path.replace(/^\.\//, '')
    const shard = others.find((file) => file.path === name || file.path.endsWith(`/${name}`))
    if (!shard)
      throw new ImportError(`${json!.path} names a file of weights that is missing, add it: ${name}`)
    return shard.data
  })
  const weights = Buffer.concat(parts)
  const { modelTopology, format, generatedBy, convertedBy, signature, userDefinedMetadata, trainingConfig } =
    model
  return {
    modelTopology,
    format,
    generatedBy,
    convertedBy,
    signature,
    userDefinedMetadata,
    trainingConfig,
    weightSpecs: manifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  }
}

function layersRunner(tf: TensorflowModule, model: LayersModelLike & { outputs?: InputInfo[] }): Runner {
  const inputs = model.inputs.map((each, i) => described(each, model.inputNames[i]))
  const outputs = (model.outputs ?? []).map((each, i) => described(each, model.outputNames[i]))
  return {
    inputs,
    outputs,
    notes: [],
    environment: environment(tf),
    async run(feeds) {
      const given = inputs.map((input) => toTfjs(tf, feeds.get(input.name)!))
      try {
        return tf.tidy(() => {
          const output = model.apply(given.length === 1 ? given[0] : given, { training: false })
          return collect(output, outputs)
        })
      } finally {
        for (const tensor of given) tensor.dispose()
      }
    },
  }
}

function graphRunner(
  tf: TensorflowModule,
  model: GraphModelLike & { outputs: (InputInfo & { name: string })[] },
): Runner {
  const inputs = model.inputs.map((each) => described(each))
  const outputs = model.outputs.map((each) => described(each))
  let dynamic = false
  return {
    inputs,
    outputs,
    notes: [],
    environment: environment(tf),
    async run(feeds) {
      const given = Object.fromEntries(
        model.inputs.map(({ name }, i) => [name, toTfjs(tf, feeds.get(inputs[i]!.name)!)]),
      )
      try {
        if (!dynamic) {
          try {
            return tf.tidy(() => collect(model.predict(given), outputs))
          } catch (error) {
            // Loops and branches: tfjs runs such graphs asynchronously alone.
            if (!/executeAsync/.test(messageOf(error))) throw error
            dynamic = true
          }
        }
        const output = await model.predictAsync(given)
        try {
          return collect(output, outputs)
        } finally {
          for (const tensor of tensorsOf(output)) tensor.dispose()
        }
      } finally {
        for (const tensor of Object.values(given)) tensor.dispose()
      }
    },
  }
}

function described({ name, shape, dtype }: InputInfo, called = name): ModelTensor {
  return {
    name: called.replace(/:\d+$/, ''),
    type: typeOf(dtype),
    shape: (shape ?? []).map((n) => (n === null || n === undefined || n < 0 ? -1 : n)),
  }
}

const typeOf = (dtype = 'float32'): TensorType =>
  dtype === 'int32' || dtype === 'bool' || dtype === 'string' ? dtype : 'float32'

/** tfjs has four types of tensors. */
export function toTfjs(tf: TensorflowModule, { type, shape, data }: Tensor): TensorLike {
  if (type === 'string' || type === 'bool') return tf.tensor(data, shape, type)
  if (type === 'int32' || type === 'float32') return tf.tensor(data, shape, type)
  const values = Array.from(data as Iterable<number | bigint>, Number)
  const dtype = /int/.test(type) ? 'int32' : 'float32'
  return tf.tensor(dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values), shape, dtype)
}

/** A tensor's values, copied: tfjs takes its own back. */
export function fromTfjs(tensor: TensorLike, type: TensorType = typeOf(tensor.dtype)): Tensor {
  const values = tensor.dataSync() as unknown as TensorData
  if (values instanceof BigInt64Array) return { type: 'int64', shape: tensor.shape, data: values.slice() }
  if (type === 'string') return { type, shape: tensor.shape, data: Array.from(values as string[], String) }
  const data = newData(type, values.length)
  ;(data as Float32Array).set(values as Float32Array)
  return { type, shape: tensor.shape, data }
}

function collect(output: unknown, outputs: ModelTensor[]): Map<string, Tensor> {
  const tensors = tensorsOf(output)
  return new Map(outputs.map(({ name }, i) => [name, fromTfjs(tensors[i]!)]))
}

function tensorsOf(output: unknown): TensorLike[] {
  if (isTensor(output)) return [output]
  return typeof output === 'object' && output !== null ? Object.values(output).filter(isTensor) : []
}

export const environment = (tf: TensorflowModule): Record<string, string> => {
  const { version } = tf as unknown as { version?: Record<string, string> }
  return {
    node: process.version,
    ...(version?.['tfjs-core'] && { '@tensorflow/tfjs': version['tfjs-core'] }),
    ...(version?.tensorflow && { tensorflow: version.tensorflow }),
  }
}
