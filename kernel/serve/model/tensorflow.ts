import util from 'node:util'
import type { TensorLike } from '../../../lib/protocol/model-kind'
import type { Tensorflow } from '../../../lib/protocol/predictor'

/** What restoring a bundle needs of tfjs beside predicting. */
export type TensorflowModule = Tensorflow & {
  variable(initial: TensorLike, trainable?: boolean, name?: string): TensorLike
  loadLayersModel(handler: { load(): Promise<object> }): Promise<object>
  loadGraphModel(handler: { load(): Promise<object> }): Promise<object>
  serialization: { registerClass(value: unknown): void }
}

let loading: Promise<TensorflowModule> | undefined

/** TensorFlow, on first use: it takes 0.5 s and 300 MB, which a plain function need not pay. */
export function loadTensorflow(): Promise<TensorflowModule> {
  loading ??= process.env.CELLAR_TF === 'wasm' ? loadWasm() : loadNative()
  return loading
}

async function loadNative() {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  // Removed in Node 23; tfjs-node 4.22 still calls it.
  const old = util as { isNullOrUndefined?: (value: unknown) => boolean }
  old.isNullOrUndefined ??= (value) => value === null || value === undefined
  return whole(await importModule('@tensorflow/tfjs-node'))
}

async function loadWasm() {
  const tf = whole(await importModule('@tensorflow/tfjs')) as TensorflowModule & {
    setBackend(name: string): Promise<boolean>
  }
  await importModule('@tensorflow/tfjs-backend-wasm')
  await tf.setBackend('wasm')
  return tf
}

/** tfjs is CommonJS: its default export has all names, its namespace those that Node's lexer saw. */
function whole(module: Record<string, unknown>): TensorflowModule {
  const inner = module.default as Record<string, unknown> | undefined
  return (inner && 'tensor' in inner ? inner : module) as TensorflowModule
}

const importModule = (specifier: string) => import(specifier) as Promise<Record<string, unknown>>
