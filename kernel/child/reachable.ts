import type { Scope } from './scope'

/** The values of shared names but for packages: these are large, and hold nothing of the person's. */
export function personalValues({ S, imported }: Scope): unknown[] {
  const isPackage = (name: string) => /^[^./]/.test(imported.get(name)?.specifier ?? '.')
  return Object.keys(S).flatMap((name) => (isPackage(name) ? [] : [S[name]]))
}

/** Objects looked at before we give up and call everything reachable. */
const limit = 2_000_000

/**
 * Which of `wanted` can be reached from `roots` through properties, elements, Maps and Sets. What a closure alone
 * holds is not seen, nor what only an object of `closed` leads to. Undefined when there is too much to look at.
 */
export function reachable<Wanted extends object>(
  roots: Iterable<unknown>,
  wanted: ReadonlySet<Wanted>,
  closed: Iterable<object> = [],
): Set<Wanted> | undefined {
  const seen = new Set<object>(closed)
  const found = new Set<Wanted>()
  const queue: object[] = []
  const add = (value: unknown) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
      return
    seen.add(value)
    if (wanted.has(value as Wanted)) found.add(value as Wanted)
    else if (!ArrayBuffer.isView(value)) queue.push(value)
  }
  for (const root of roots) add(root)
  while (queue.length > 0 && found.size < wanted.size) {
    if (seen.size > limit) return undefined
    const at = queue.pop()!
    if (Array.isArray(at)) {
      if (at.length > limit) return undefined
      for (const value of at) add(value)
      continue
    }
    if (at instanceof Map)
      for (const [key, value] of at) {
        add(key)
        add(value)
      }
    else if (at instanceof Set) for (const value of at) add(value)
    for (const key of Reflect.ownKeys(at)) {
      const property = Reflect.getOwnPropertyDescriptor(at, key)
      if (property && 'value' in property) add(property.value)
    }
  }
  return found
}
