import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ModelFile, ModelTensor, TensorType } from '../../../../lib/protocol/imported-model'
import type { TensorLike } from '../../../../lib/protocol/model-kind'
import { loadTensorflow, type TensorflowModule } from '../tensorflow'
import { ImportError, messageOf } from './import-error'
import type { Runner, Tensor } from './tensor'
import { environment, fromTfjs, toTfjs } from './tfjs'

/** `shape`: of messages of tfjs-node's own copy of TensorFlow's protocol buffers. */
type TensorInfo = { name: string; tfDtype: string; shape: { getSize?(): number }[] }
type MetaGraph = {
  tags: string[]
  signatureDefs: Record<string, { inputs: Record<string, TensorInfo>; outputs: Record<string, TensorInfo> }>
}
type SavedModels = {
  getMetaGraphsFromSavedModel(folder: string): Promise<MetaGraph[]>
  loadSavedModel(
    folder: string,
    tags: string[],
    signature: string,
  ): Promise<{ predict(inputs: Record<string, TensorLike>): Record<string, TensorLike> | TensorLike }>
}

const types: Record<string, TensorType> = {
  DT_FLOAT: 'float32',
  DT_INT32: 'int32',
  DT_INT64: 'int64',
  DT_BOOL: 'bool',
  DT_STRING: 'string',
}

/** A SavedModel with a signature for serving, in native TensorFlow, which reads it from files. */
export async function loadSavedModel(files: ModelFile[]): Promise<Runner> {
  const tf = (await loadTensorflow()) as TensorflowModule & { node?: SavedModels }
  if (!tf.node)
    throw new ImportError(
      'a SavedModel needs native TensorFlow, and this machine has the WASM backend alone: saved_model.pb',
    )
  const folder = await mkdtemp(path.join(process.cwd(), 'saved-model-'))
  try {
    await write(folder, files)
    return await load(tf, tf.node, folder)
  } catch (cause) {
    if (cause instanceof ImportError) throw cause
    throw new ImportError(`TensorFlow cannot load it, ${messageOf(cause)}: saved_model.pb`, { cause })
  } finally {
    // Its variables are in memory by now.
    await rm(folder, { recursive: true, force: true })
  }
}

async function write(folder: string, files: ModelFile[]) {
  for (const { path: name, data } of files) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, data)
  }
}

async function load(tf: TensorflowModule, node: SavedModels, folder: string): Promise<Runner> {
  const graphs = await node.getMetaGraphsFromSavedModel(folder)
  const graph = graphs.find(({ tags }) => tags.includes('serve'))
  if (!graph) throw new ImportError('it has no graph with the tag serve: saved_model.pb')
  const names = Object.keys(graph.signatureDefs).filter((name) => !name.startsWith('__'))
  const name = names.includes('serving_default') ? 'serving_default' : names[0]
  if (!name || (name !== 'serving_default' && names.length > 1))
    throw new ImportError(
      `it has no signature called serving_default, save it with signatures={'serving_default': …}; its signatures are: ${names.join(', ') || 'none'}`,
    )
  const signature = graph.signatureDefs[name]!
  const inputs = Object.entries(signature.inputs).map(described)
  const outputs = Object.entries(signature.outputs).map(described)
  const model = await node.loadSavedModel(folder, graph.tags, name)
  const type = new Map(outputs.map((output) => [output.name, output.type]))
  return {
    inputs,
    outputs,
    notes: [],
    environment: environment(tf),
    async run(feeds) {
      const given = Object.fromEntries(Array.from(feeds, ([input, tensor]) => [input, toTfjs(tf, tensor)]))
      let answer: Record<string, TensorLike> = {}
      try {
        answer = quietly(() => model.predict(given)) as Record<string, TensorLike>
        return new Map(
          outputs.map((output): [string, Tensor] => [
            output.name,
            read(answer[output.name]!, type.get(output.name)!),
          ]),
        )
      } finally {
        for (const tensor of [...Object.values(given), ...Object.values(answer)]) tensor.dispose()
      }
    },
  }
}

/** tfjs-node warns at every 64-bit answer that it is one. */
function quietly<T>(call: () => T): T {
  const { warn } = console
  console.warn = () => {}
  try {
    return call()
  } finally {
    console.warn = warn
  }
}

/** 64-bit integers come as bigints, whatever their tensor says of its type. */
const read = (tensor: TensorLike, type: TensorType) => fromTfjs(tensor, type === 'int64' ? undefined : type)

function described([name, { tfDtype, shape }]: [string, TensorInfo]): ModelTensor {
  const type = types[tfDtype]
  if (!type)
    throw new ImportError(
      `it uses a type that TensorFlow.js cannot pass on, cast it in the signature: ${name} is ${tfDtype}`,
    )
  return { name, type, shape: shape.map((dimension) => dimension.getSize?.() ?? -1) }
}
