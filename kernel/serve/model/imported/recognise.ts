import type { ImportFormat, ModelFile } from '../../../../lib/protocol/imported-model'
import { ImportError, messageOf } from './import-error'

export type Recognised = {
  format: ImportFormat
  /** Those of the model, below its own folder. */
  files: ModelFile[]
}

/** Which kind of model lies among files, and which of them are its own. Throws `ImportError` where none or several do. */
export function recognise(files: ModelFile[]): Recognised {
  if (files.length === 0) throw new ImportError('there is no file in the upload')
  const onnx = files.filter(({ path }) => /\.(onnx|ort)$/i.test(path))
  const saved = files.filter(({ path }) => nameOf(path) === 'saved_model.pb')
  const tfjs = files.filter(({ path }) => isModelJson(path))
  const found = [...onnx, ...saved, ...tfjs]
  if (found.length > 1)
    throw new ImportError(
      `there are several models, upload one at a time: ${found.map(({ path }) => path).join(', ')}`,
    )
  const [model] = found
  if (!model) throw new ImportError(advice(files))
  const own = below(files, folderOf(model.path))
  if (onnx.length) return { format: 'onnx', files: first(own, nameOf(model.path)) }
  if (saved.length) return { format: 'saved-model', files: own }
  return { format: tfjsFormat(model), files: first(own, nameOf(model.path)) }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
const below = (files: ModelFile[], folder: string) =>
  files
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, data }) => ({ path: path.slice(folder.length), data }))
/** The model's own file before those that it refers to. */
const first = (files: ModelFile[], name: string) =>
  files.toSorted((a, b) => Number(b.path === name) - Number(a.path === name))

/** Converters call it `model.json`; a download of a browser may be called after the model. */
const isModelJson = (path: string) => /\.json$/i.test(path) && !/(^|\/)(config|metadata)\.json$/i.test(path)

function tfjsFormat({ path, data }: ModelFile): ImportFormat {
  const model = parseModelJson({ path, data })
  if (model.format === 'graph-model') return 'tfjs-graph'
  if (model.format === 'layers-model') return 'tfjs-layers'
  const topology = model.modelTopology as Record<string, unknown> | undefined
  if (topology && ('model_config' in topology || 'class_name' in topology)) return 'tfjs-layers'
  if (topology && 'node' in topology) return 'tfjs-graph'
  throw new ImportError(`the file is JSON, but no model of TensorFlow.js (it has no modelTopology): ${path}`)
}

/** A tfjs `model.json`. Throws `ImportError` where it is no JSON object. */
export function parseModelJson({ path, data }: ModelFile): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data))
  } catch (cause) {
    throw new ImportError(`the file is not JSON, ${messageOf(cause)}: ${path}`, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ImportError(`the file is JSON, but no model of TensorFlow.js: ${path}`)
  return value as Record<string, unknown>
}

/** What to do with a model of a framework that cannot be run here. */
const exports: [RegExp, string][] = [
  [
    /(^|\/)(model\.weights\.h5)$|\.(keras|h5|hdf5)$/i,
    "it is a Keras file; write it as a SavedModel with model.export('folder')",
  ],
  [
    /\.(pt|pth|ckpt|safetensors)$|(^|\/)data\.pkl$/i,
    'it is a PyTorch file; write it as ONNX with torch.onnx.export',
  ],
  [
    /\.(pkl|pickle|joblib)$/i,
    'it is a Python pickle, which would run any code; write it as ONNX with skl2onnx',
  ],
  [/\.tflite$/i, 'it is a TensorFlow Lite file; upload the SavedModel that it was made of'],
  [/\.pb$/i, 'it is a frozen graph; upload the SavedModel, the folder with saved_model.pb'],
  [/\.bin$/i, 'these are weights only; upload the model.json that belongs to them, too'],
]

function advice(files: ModelFile[]): string {
  const names = files
    .slice(0, 3)
    .map(({ path }) => path)
    .join(', ')
  for (const [pattern, what] of exports) {
    const match = files.find(({ path }) => pattern.test(path))
    if (match) return `${what}: ${match.path}`
  }
  const wanted = 'a model.json with its weights, a SavedModel as zip or tgz, or an ONNX file'
  return `no model was found, upload ${wanted}: ${names}${files.length > 3 ? ', …' : ''}`
}
