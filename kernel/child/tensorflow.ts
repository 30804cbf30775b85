import { createRequire } from 'node:module'
import type { Backend } from '../../lib/protocol/events'
import type { Module } from './importer'

/** The parts of tfjs that the kernel touches itself. */
export type TensorFlow = {
  engine(): Engine
  LayersModel: { prototype: Record<'fit' | 'fitDataset', Fit> }
  Callback: new () => object
  Variable: { prototype: { assign(this: EngineTensor, value: EngineTensor): void } }
  CustomCallback: new (config: object, yieldEvery: unknown) => object
  memory(): { numTensors: number; numBytes: number }
  version?: Record<string, string>
  version_core?: string
}
export type Fit = (this: FittedModel, ...args: unknown[]) => Promise<unknown>
export type FittedModel = { stopTraining: boolean; isTraining: boolean; name?: string }
export type EngineTensor = { dispose(): void; isDisposed: boolean; dataId: object }
export type Engine = {
  state: {
    scopeStack: unknown[]
    gradientDepth: number
    kernelDepth: number
    activeTape: unknown
    registeredVariables: Record<string, EngineTensor>
  }
  endScope(): void
  trackTensor(tensor: EngineTensor, backend: unknown): void
  disposeTensor(tensor: EngineTensor): void
}

/** Packages that are TensorFlow, or bring it. */
export const tensorflowModules = [
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-core',
] as const

export type LoadedTensorFlow = { module: Module; tf: TensorFlow; backend: Backend }

/** Loads it once, at a cell's first import: 0.5 s and 370 MB that an idle kernel does without. */
export function createTensorFlow(mode: 'native' | 'wasm', load: (specifier: string) => Promise<Module>) {
  let loading: Promise<LoadedTensorFlow> | undefined
  return () => {
    loading ??= (mode === 'wasm' ? loadWasm(load) : loadNative(load)).catch((error) => {
      loading = undefined
      throw error
    })
    return loading
  }
}

const defaultOf = (module: Module) => (module.default ?? module) as unknown as TensorFlow

async function loadNative(load: (specifier: string) => Promise<Module>): Promise<LoadedTensorFlow> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  // Node 23 removed it; tfjs-node 4.22 calls it.
  const util = createRequire(import.meta.url)('node:util') as {
    isNullOrUndefined?: (value: unknown) => boolean
  }
  util.isNullOrUndefined ??= (value) => value === null || value === undefined
  const module = await load('@tensorflow/tfjs-node')
  const tf = defaultOf(module)
  return { module, tf, backend: { name: 'tensorflow', version: nativeVersion(tf) } }
}

function nativeVersion(tf: TensorFlow) {
  const { backend } = tf as unknown as { backend(): { binding?: { TF_Version?: string } } }
  return backend().binding?.TF_Version ?? tf.version?.['tfjs-node'] ?? 'unknown'
}

async function loadWasm(load: (specifier: string) => Promise<Module>): Promise<LoadedTensorFlow> {
  const module = await load('@tensorflow/tfjs')
  await load('@tensorflow/tfjs-backend-wasm')
  const tf = defaultOf(module)
  const { setBackend, ready } = module as unknown as {
    setBackend(name: string): Promise<boolean>
    ready(): Promise<void>
  }
  if (!(await setBackend('wasm'))) throw new Error('the WASM backend of TensorFlow does not start')
  await ready()
  return { module, tf, backend: { name: 'wasm', version: tf.version?.['tfjs-core'] ?? '' } }
}

/**
 * A termination inside `assign`, between letting the old data go and taking the new, would leave a model's weight without
 * any: it waits until the weight is whole.
 */
export function keepVariablesWhole(tf: TensorFlow, lock: { enter(): void; leave(): void }) {
  const { prototype } = tf.Variable
  const { assign } = prototype
  prototype.assign = function (value) {
    lock.enter()
    try {
      assign.call(this, value)
    } finally {
      lock.leave()
    }
  }
}

/**
 * Termination skips `finally`: scopes and tapes of tfjs stay open. `depth`: scopes open before the stopped cell ran.
 */
export function repair(tf: TensorFlow, depth: number) {
  const engine = tf.engine()
  while (engine.state.scopeStack.length > depth) engine.endScope()
  engine.state.gradientDepth = 0
  engine.state.kernelDepth = 0
  engine.state.activeTape = null
}
