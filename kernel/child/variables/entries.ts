import { types } from 'node:util'

type Entries = { entries: [key: unknown, value: unknown][]; total: number }

/** `count` of the entries of a value, from the one at `from` on. A getter is not run: its entry says that it is one. */
export function entriesOf(value: unknown, from: number, count: number): Entries {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return { entries: [], total: 0 }
  if (types.isMap(value))
    return {
      entries: part(Map.prototype.entries.call(value), from, count),
      total: value.size,
    }
  if (types.isSet(value))
    return {
      entries: part(Set.prototype.values.call(value), from, count).map((inner, i) => [
        String(from + i),
        inner,
      ]),
      total: value.size,
    }
  if (Array.isArray(value) || types.isTypedArray(value)) {
    const indices = Array.from(
      { length: Math.max(0, Math.min(count, value.length - from)) },
      (_, i) => from + i,
    )
    return { entries: indices.map((i) => [String(i), own(value, String(i))]), total: value.length }
  }
  const keys = Object.keys(value)
  return { entries: keys.slice(from, from + count).map((key) => [key, own(value, key)]), total: keys.length }
}

function own(value: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key)
  return property && 'value' in property ? property.value : property?.get && accessor
}

/** Stands for a value that only running a getter would give. */
export const accessor = Symbol('getter')

function part<Item>(items: Iterable<Item>, from: number, count: number): Item[] {
  const found: Item[] = []
  let i = 0
  for (const item of items) {
    if (i >= from + count) break
    if (i++ >= from) found.push(item)
  }
  return found
}
