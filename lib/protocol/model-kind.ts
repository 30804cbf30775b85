import type { ModelKind } from './bundle'

/** The parts of tfjs that promotion and prediction use: whichever of its packages is loaded. */
export type TensorLike = {
  shape: number[]
  dtype: string
  isDisposed?: boolean
  dataSync(): ArrayLike<number> & Iterable<number>
  arraySync(): unknown
  dispose(): void
}
export type InputInfo = { name: string; shape?: (number | null)[]; dtype?: string }
export type LayersModelLike = {
  inputs: InputInfo[]
  inputNames: string[]
  outputNames: string[]
  layers?: object[]
  apply(inputs: unknown, options?: object): unknown
  predict(inputs: unknown, options?: object): unknown
  save(handler: { save(artifacts: unknown): Promise<object> }): Promise<unknown>
}
export type GraphModelLike = {
  inputs: InputInfo[]
  outputs: { name: string }[]
  predict(inputs: unknown): unknown
  /** Also what `predict` cannot run. */
  predictAsync(inputs: unknown): Promise<unknown>
  save(handler: { save(artifacts: unknown): Promise<object> }): Promise<unknown>
}

const has = (value: object, ...names: string[]) =>
  names.every((name) => typeof Reflect.get(value, name) === 'function')

/** By what it can do, because a notebook and Cellar may hold different copies of tfjs. */
export function modelKind(value: unknown): ModelKind | undefined {
  if (typeof value === 'function') return /^class\b/.test(String(value)) ? undefined : 'function'
  if (typeof value !== 'object' || value === null) return
  if (has(value, 'save', 'getWeights', 'predict', 'apply')) return 'layers'
  if (has(value, 'save', 'executeAsync', 'predictAsync')) return 'graph'
}

export const isTensor = (value: unknown): value is TensorLike =>
  typeof value === 'object' && value !== null && 'dtype' in value && has(value, 'dataSync', 'arraySync')
