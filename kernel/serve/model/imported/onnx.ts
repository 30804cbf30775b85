import { createRequire } from 'node:module'
import type { InferenceSession } from 'onnxruntime-node'
import type { ModelFile, ModelTensor, TensorType } from '../../../../lib/protocol/imported-model'
import { ImportError, messageOf } from './import-error'
import type { Runner, Tensor, TensorData } from './tensor'

type OrtModule = typeof import('onnxruntime-node')

const types = new Set<string>([
  'float16',
  'float32',
  'float64',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'string',
])

/** An ONNX file, with the files of weights that it may refer to. */
export async function loadOnnx([model, ...others]: ModelFile[]): Promise<Runner> {
  const { path, data } = model!
  const ort = await import('onnxruntime-node').then((found) => (found.default ?? found) as OrtModule)
  const session = await ort.InferenceSession.create(data, {
    externalData: others.map((file) => ({ path: file.path, data: file.data })),
    executionProviders: ['cpu'],
    // As many as the other models get: a batch is small, and other processes want the cores.
    intraOpNumThreads: Number(process.env.TF_NUM_INTRAOP_THREADS) || 1,
    interOpNumThreads: 1,
    // Errors come back as exceptions.
    logSeverityLevel: 4,
  }).catch((cause: unknown) => {
    throw new ImportError(`ONNX Runtime cannot load it, ${messageOf(cause)}: ${path}`, { cause })
  })
  const inputs = session.inputMetadata.map((each) => described(each))
  const strange = inputs.find((each) => typeof each === 'string')
  if (typeof strange === 'string')
    throw new ImportError(`an input is no tensor of a type that can be given: ${strange} in ${path}`)
  const outputs = session.outputMetadata.map((each) => described(each))
  const kept = outputs.filter((each): each is ModelTensor => typeof each !== 'string')
  if (kept.length === 0)
    throw new ImportError(
      `none of its outputs is a tensor; with skl2onnx, write it with the option zipmap=False: ${path}`,
    )
  const left = outputs.filter((each) => typeof each === 'string')
  const names = kept.map(({ name }) => name)
  return {
    inputs: inputs as ModelTensor[],
    outputs: kept,
    notes: left.map(
      (name) =>
        `The output ${name} is no tensor and is left out. A model of scikit-learn gives it as one when it is written with zipmap=False.`,
    ),
    environment: { node: process.version, 'onnxruntime-node': installedVersion() },
    async run(feeds) {
      const given = Object.fromEntries(
        Array.from(feeds, ([name, { type, shape, data: values }]) => [
          name,
          new ort.Tensor(type as 'float32', values as Float32Array, shape),
        ]),
      )
      const answer = await session.run(given, names)
      return new Map(
        names.map((name): [string, Tensor] => {
          const tensor = answer[name]!
          // Node without Float16Array gets the bits; with it, the same memory is read as bits.
          const values = tensor.data as
            | TensorData
            | { buffer: ArrayBuffer; byteOffset: number; length: number }
          const bits =
            tensor.type === 'float16' && !(values instanceof Uint16Array)
              ? new Uint16Array(
                  (values as Float32Array).buffer,
                  (values as Float32Array).byteOffset,
                  (values as Float32Array).length,
                )
              : (values as TensorData)
          return [name, { type: tensor.type as TensorType, shape: [...tensor.dims], data: bits }]
        }),
      )
    },
  }
}

/** Its name alone where it is no tensor, or one of a type that JSON cannot give. */
function described(value: InferenceSession.ValueMetadata): ModelTensor | string {
  if (!value.isTensor || !types.has(value.type)) return value.name
  // A length with a name, or without one, is any length.
  const shape = value.shape.map((n) => (typeof n === 'number' && n >= 0 ? n : -1))
  return { name: value.name, type: value.type as TensorType, shape }
}

function installedVersion(): string {
  const require = createRequire(import.meta.url)
  return String((require('onnxruntime-node/package.json') as { version: string }).version)
}
