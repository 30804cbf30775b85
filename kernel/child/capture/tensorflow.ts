import { createRequire } from 'node:module'
import path from 'node:path'
import type { Tensorflow } from '../../../lib/protocol/predictor'
import type { CaptureScope } from './encode'

/**
 * The tfjs that a model of the cells was made with: the kernel's, the one that a cell imported, or the one that Node has
 * loaded by now, since there is a model.
 */
export function findTensorflow({ S, imported, root }: CaptureScope, given: unknown): Tensorflow {
  for (const [name, { specifier }] of imported) {
    if (given) break
    if (specifier.startsWith('@tensorflow/') && Object.hasOwn(S, name)) given = S[name]
    if (!isWhole(given)) given = undefined
  }
  if (given) return given as Tensorflow
  const wasm = process.env.CELLAR_TF === 'wasm'
  const name = wasm ? '@tensorflow/tfjs' : '@tensorflow/tfjs-node'
  return createRequire(path.join(root, 'package.json'))(name) as Tensorflow
}

const isWhole = (value: unknown) =>
  typeof value === 'object' && value !== null && 'tidy' in value && 'engine' in value && 'tensor' in value
