import type { CaptureScope } from './encode'

/** Where a value comes from: `op` of arquero, `layers.dense` of tfjs. */
export type ModuleValue = { specifier: string; path: string[] }

const depth = 2

/**
 * Objects and functions that imported packages export, by identity. A cell's `const { op } = aq` gives such a value a name
 * of its own; it is found again in the package instead of being read apart.
 */
export function findModuleValues({ S, imported }: CaptureScope): Map<unknown, ModuleValue> {
  const values = new Map<unknown, ModuleValue>()
  for (const [local, { specifier, name }] of imported) {
    if (!Object.hasOwn(S, local)) continue
    collect(S[local], specifier, name === '*' ? [] : [name], depth)
  }
  return values

  function collect(value: unknown, specifier: string, path: string[], levels: number) {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return
    if (!values.has(value)) values.set(value, { specifier, path })
    if (levels === 0) return
    for (const key of Object.keys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key)
      // CommonJS packages compiled from TypeScript export by getters; what they give stays the same.
      const held = property?.get && path.length > 0 ? undefined : Reflect.get(value, key)
      const inner = key === 'default' && path.length === 0 ? path : [...path, key]
      collect(held, specifier, inner, levels - 1)
    }
  }
}
