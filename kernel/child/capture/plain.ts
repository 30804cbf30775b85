import { types } from 'node:util'

const leaves = [Date, RegExp, ArrayBuffer, Boolean, Number, String].map(
  ({ prototype }) => prototype as object,
)

/**
 * Whether `v8.Serializer` keeps a value whole: data all the way down, without functions, class instances, accessors,
 * symbol keys, frozen or null-prototype objects. One walk decides for the whole graph.
 */
export function createPlainTest(): (value: unknown) => boolean {
  // Only settled answers: what is plain stays so for this capture, and so does what is not.
  const known = new Map<object, boolean>()
  return (value) => {
    const seen: object[] = []
    const visiting = new Set<object>()
    const test = (at: unknown): boolean => {
      if (typeof at === 'function' || typeof at === 'symbol') return false
      if (typeof at !== 'object' || at === null) return true
      const before = known.get(at)
      if (before !== undefined) return before
      if (visiting.has(at)) return true
      visiting.add(at)
      seen.push(at)
      const plain = children(at)?.every(test) ?? false
      if (!plain) known.set(at, false)
      return plain
    }
    const plain = test(value)
    if (plain) for (const object of seen) known.set(object, true)
    return plain
  }
}

/** What a plain container holds; undefined for anything that is not one. */
function children(value: object): unknown[] | undefined {
  if (types.isProxy(value)) return
  const prototype = Object.getPrototypeOf(value) as object | null
  if (ArrayBuffer.isView(value)) return types.isTypedArray(value) || types.isDataView(value) ? [] : undefined
  if (leaves.includes(prototype!)) return []
  if (prototype === Map.prototype) return [...(value as Map<unknown, unknown>)].flat()
  if (prototype === Set.prototype) return [...(value as Set<unknown>)]
  const isArray = Array.isArray(value) && prototype === Array.prototype
  if (!isArray && prototype !== Object.prototype) return
  // Long columns of numbers are common, and asking for each property's descriptor would be slow.
  if (isArray && !Object.isFrozen(value) && value.every(isPrimitive)) return []
  if (Object.isFrozen(value) && Reflect.ownKeys(value).length > (isArray ? 1 : 0)) return
  return properties(value, isArray)
}

const isPrimitive = (value: unknown) =>
  value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')

function properties(value: object, isArray: boolean): unknown[] | undefined {
  const items: unknown[] = []
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'symbol') return
    if (isArray && key === 'length') continue
    const property = Object.getOwnPropertyDescriptor(value, key)!
    if (!('value' in property) || !property.enumerable) return
    items.push(property.value)
  }
  return items
}
