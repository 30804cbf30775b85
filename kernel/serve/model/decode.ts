import { runInThisContext } from 'node:vm'
import type { Bundle, Encoded, Fields } from '../../../lib/protocol/bundle'
import { exportOf, importPackage, requirePackage } from './importer'
import type { TensorflowModule } from './tensorflow'

/** What decoding needs and only loading gives; loaded before, so that decoding is synchronous. */
export type Loaded = {
  tf?: TensorflowModule
  arquero?: { table(columns: [string, unknown][]): { groupby(...names: string[]): unknown } }
  /** Namespaces of the packages that `module` nodes name. */
  modules: Map<string, Record<string, unknown>>
  /** Models by their node's id. */
  models: Map<number, object>
}

export type Decoder = {
  /** The shared names, decoded when first read: cells may refer to each other in any order. */
  S: Record<string, unknown>
  decode(node: Encoded): unknown
}

/** `$K` of captured code: nothing interrupts it. */
const context = {
  meta: {},
  stop: { epoch: 0 },
  signal: new AbortController().signal,
  after: (_epoch: number, value: unknown) => value,
  tdz(name: string) {
    throw new ReferenceError(`Cannot access '${name}' before initialization`)
  },
  dynamicImport: importPackage,
  require: requirePackage,
}

export function createDecoder(bundle: Bundle, loaded: Loaded): Decoder {
  const nodes = indexNodes(bundle)
  const made = new Map<number, unknown>()
  const building = new Set<string>()

  const own = (key: string, value: unknown) =>
    Object.defineProperty(S, key, { value, writable: true, enumerable: true, configurable: true })
  const absent = new Proxy(Object.freeze(Object.create(null)), {
    has: (_, key) => typeof key === 'string' && (key in bundle.items || key in globalThis),
    get(_, key) {
      if (typeof key === 'symbol') return undefined
      const node = Object.hasOwn(bundle.items, key) ? bundle.items[key] : undefined
      if (!node) {
        if (key in globalThis) return Reflect.get(globalThis, key)
        throw new ReferenceError(`${key} is not defined`)
      }
      if (building.has(key)) throw new ReferenceError(`Cannot access '${key}' before initialization`)
      building.add(key)
      const value = decode(node)
      building.delete(key)
      own(key, value)
      return value
    },
    set(_, key, value) {
      own(String(key), value)
      return true
    },
  })
  const S: Record<string, unknown> = Object.create(absent)
  const C = new Proxy({} as Record<string, unknown>, {
    get: (_, key) => S[key as string],
    set() {
      throw new TypeError('Assignment to constant variable.')
    },
  })

  function decode(node: Encoded): unknown {
    if (node.t === 'plain') return node.v
    if (node.t === 'module') return moduleValue(loaded.modules.get(node.specifier)!, node)
    if (made.has(node.id)) return made.get(node.id)
    // Known before it is filled, for cycles.
    const keep = <T>(value: T) => {
      made.set(node.id, value)
      return value
    }
    switch (node.t) {
      case 'ref':
        return decode(nodes.get(node.id)!)
      case 'array': {
        const array = keep([] as unknown[])
        for (const each of node.v) array.push(decode(each))
        return freeze(array, node.frozen)
      }
      case 'map': {
        const map = keep(new Map<unknown, unknown>())
        for (const [key, value] of node.v) map.set(decode(key), decode(value))
        return map
      }
      case 'set': {
        const set = keep(new Set<unknown>())
        for (const each of node.v) set.add(decode(each))
        return set
      }
      case 'object':
        return freeze(fill(keep(Object.create(node.bare ? null : Object.prototype)), node.v), node.frozen)
      case 'instance': {
        const { prototype } = S[node.of] as { prototype: object }
        return freeze(fill(keep(Object.create(prototype)), node.v), node.frozen)
      }
      case 'function':
        return fill(keep(compile(node)), node.v)
      case 'tensor':
        return keep(tensor(node, loaded.tf!))
      case 'table': {
        const columns = node.columns.map(([name, each]): [string, unknown] => [name, decode(each)])
        const table = loaded.arquero!.table(columns)
        return keep(node.groups.length > 0 ? table.groupby(...node.groups) : table)
      }
      case 'layers':
      case 'graph':
        return keep(loaded.models.get(node.id))
    }
  }

  function fill<T extends object>(target: T, fields: Fields): T {
    for (const [name, node] of fields) {
      const value = decode(node)
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
    }
    return target
  }

  function compile({ text, form, name }: Encoded & { t: 'function' }): object {
    const body =
      form === 'method' ? `const made = {${text}}; return made[Reflect.ownKeys(made)[0]]` : `return (${text})`
    const make = runInThisContext(`(($S, $C, $K) => { "use strict"; ${body} })`, {
      filename: `${name || 'function'}.js`,
    }) as (...scope: unknown[]) => object
    const value = make(S, C, context)
    // The name that the cell's `const f = …` gave is not in the text.
    if (Reflect.get(value, 'name') !== name)
      Object.defineProperty(value, 'name', { value: name, configurable: true })
    return value
  }

  return { S, decode }
}

function moduleValue(module: Record<string, unknown>, { specifier, path }: Encoded & { t: 'module' }) {
  const [exported = '*', ...rest] = path
  let value = exportOf(module, { specifier, exported })
  for (const name of rest) value = Reflect.get(value as object, name)
  return value
}

const freeze = <T>(value: T, frozen: boolean) => (frozen ? Object.freeze(value) : value)

function tensor({ data, shape, dtype, variable }: Encoded & { t: 'tensor' }, tf: TensorflowModule) {
  const value = tf.tensor(data, shape, dtype)
  if (!variable) return tf.keep(value)
  return tf.variable(value, variable.trainable, variable.name)
}

/** Every node with an identity by its number. */
function indexNodes(bundle: Bundle): Map<number, Encoded> {
  const nodes = new Map<number, Encoded>()
  for (const node of allNodes(bundle)) if ('id' in node && node.t !== 'ref') nodes.set(node.id, node)
  return nodes
}

/** All nodes of a bundle. */
export function* allNodes(bundle: Bundle): Iterable<Encoded> {
  yield* below(bundle.entry)
  for (const node of Object.values(bundle.items)) yield* below(node)
}

function* below(node: Encoded): Iterable<Encoded> {
  yield node
  for (const child of children(node)) yield* below(child)
}

function children(node: Encoded): Encoded[] {
  switch (node.t) {
    case 'array':
    case 'set':
      return node.v
    case 'map':
      return node.v.flat()
    case 'object':
    case 'instance':
    case 'function':
      return node.v.map(([, each]) => each)
    case 'table':
      return node.columns.map(([, each]) => each)
    default:
      return []
  }
}
