import { nativeText } from '../../lib/notebook/function-text'
import type { Candidate } from '../../lib/protocol/kernel'
import { isLayersModel } from './format/model'
import type { Scope } from './scope'

/** What of a cell's names could be promoted. */
export function candidatesOf(scope: Scope, cellId: string): Candidate[] {
  return scope
    .namesOf(cellId)
    .filter((name) => !scope.imported.has(name) && Object.hasOwn(scope.S, name))
    .flatMap((name) => candidateOf(name, scope.S[name]))
}

function candidateOf(variable: string, value: unknown): Candidate[] {
  if (typeof value === 'function') {
    const text = nativeText(value as () => unknown)
    if (/^class\b|\[native code\]\s*\}$/.test(text)) return []
    return [{ variable, what: 'function', detail: signatureOf(text) }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (isLayersModel(value)) {
    const detail = `${value.layers.length} layers, ${value.countParams().toLocaleString('en')} parameters`
    return [{ variable, what: 'layers model', detail }]
  }
  return isGraphModel(value) ? [{ variable, what: 'graph model', detail: describe(value) }] : []
}

type GraphModel = { inputs: { name: string; shape?: number[] }[]; outputs: unknown[] }

function isGraphModel(value: object): value is GraphModel {
  const model = value as Partial<GraphModel> & { executeAsync?: unknown }
  return (
    typeof model.executeAsync === 'function' && Array.isArray(model.inputs) && Array.isArray(model.outputs)
  )
}

const describe = ({ inputs }: GraphModel) =>
  inputs.map(({ name, shape }) => (shape ? `${name} [${shape.join(', ')}]` : name)).join(', ')

/** `async (people)`: what stands before the body. */
export function signatureOf(text: string) {
  const head = /^[^{]*?\(([^)]*)\)|^(?:async\s+)?[\p{ID_Continue}$]+(?=\s*=>)/u.exec(text)?.[0] ?? ''
  return head.replace(/\s+/g, ' ').slice(0, 80)
}
