import type { Bundle, BundleImport, Encoded, Fields } from '../../../lib/protocol/bundle'
import { modelKind } from '../../../lib/protocol/model-kind'
import { encodeModel, isSavedModel } from './encode-model'
import { encodeTable, encodeTensor, isTable } from './encode-tensor'
import type { Refusal } from './errors'
import { hasPrivateNames, readFunction } from './function'
import { isStandardGlobal } from './globals'
import { findModuleValues } from './module-values'
import { refuseSpecifier, versionOf } from './packages'
import { createPlainTest } from './plain'
import { findSecret } from './secrets'

/** Of the kernel's scope, what capture reads. `root`: the project whose node_modules the imports come from. */
export type CaptureScope = {
  S: Record<string, unknown>
  imported: ReadonlyMap<string, { specifier: string; name: string }>
  root: string
  /** Those that were added to the notebook, which endpoints do not have. */
  packages?: Record<string, string>
  /** Values that must not leave the kernel → their names. */
  secrets?: ReadonlyMap<string, string>
}

/** What encoders share: the walk itself, and a place for what they refuse. */
export type Encoder = {
  scope: CaptureScope
  encode(value: unknown, name: string): Promise<Encoded>
  refuse(name: string, reason: string): Encoded
  /** Captures a shared name too. */
  need(name: string): void
  /** The shared name of a class that a cell defines. */
  classNameOf(value: unknown): string | undefined
}

const nothing: Encoded = { t: 'plain', v: undefined }

/**
 * A value and all that it reaches, shared names included, as nodes of a bundle. Everything that cannot be captured is in
 * `refusals`; the bundle is of use only when there are none.
 */
export async function encodeGraph(entry: unknown, name: string, scope: CaptureScope) {
  const refusals: Refusal[] = []
  const ids = new Map<object, number>()
  const isPlain = createPlainTest()
  const secrets = scope.secrets ?? new Map<string, string>()
  const items: Bundle['items'] = {}
  const imports: Bundle['imports'] = {}
  const packages = new Map<string, string | null>()
  const queue: string[] = []
  const moduleValues = findModuleValues(scope)

  const refuse = (at: string, reason: string) => {
    if (!refusals.some((each) => each.name === at && each.reason === reason))
      refusals.push({ name: at, reason })
    return nothing
  }
  const classes = new Map<unknown, string>()
  for (const [key, value] of Object.entries(scope.S))
    if (typeof value === 'function' && !scope.imported.has(key)) classes.set(value, key)
  const classNameOf = (value: unknown) => classes.get(value)
  const encoder: Encoder = { scope, encode, refuse, need: (each) => queue.push(each), classNameOf }

  async function encode(value: unknown, at: string): Promise<Encoded> {
    if (typeof value === 'symbol') return refuse(at, 'is a symbol')
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return plain(value, at)
    const from = moduleValues.get(value)
    if (from && !refuseSpecifier(from.specifier, scope.packages)) {
      packages.set(from.specifier, versionOf(from.specifier, scope.root))
      return { t: 'module', ...from }
    }
    if (isPlain(value)) return plain(value, at)
    const before = ids.get(value)
    if (before !== undefined) return { t: 'ref', id: before }
    const id = ids.size
    ids.set(value, id)
    return typeof value === 'function' ? encodeFunction(value, id, at) : encodeObject(value, id, at)
  }

  function plain(value: unknown, at: string): Encoded {
    const secret = findSecret(value, secrets)
    if (secret === undefined) return { t: 'plain', v: value }
    return refuse(
      at,
      `holds the secret ${secret}, which must not leave the kernel: do without it in what is promoted`,
    )
  }

  async function encodeFunction(value: object, id: number, at: string): Promise<Encoded> {
    const { text, form, shared, packages: loaded, refusals: reasons } = readFunction(value)
    for (const reason of reasons) refuse(at, reason)
    for (const specifier of loaded) {
      const reason = refuseSpecifier(specifier, scope.packages)
      if (reason) refuse(at, reason)
      else packages.set(specifier, versionOf(specifier, scope.root))
    }
    queue.push(...shared)
    const v = await ownProperties(value, text, at)
    return { t: 'function', id, text, form, name: String(Reflect.get(value, 'name') ?? ''), v }
  }

  /** Also a class's static fields, as they are now: the text alone would give their first values again. */
  async function ownProperties(value: object, text: string, at: string): Promise<Fields> {
    const isClass = /^class\b/.test(text)
    const prototype: unknown = Object.hasOwn(value, 'prototype') ? Reflect.get(value, 'prototype') : undefined
    if (!isClass && prototype && Object.keys(prototype).length > 0)
      refuse(at, 'has methods on its prototype: write it as a class')
    const fields: Fields = []
    for (const key of Object.keys(value)) {
      const held: unknown = Reflect.get(value, key)
      // A static function of the class text sees `this` and private names: its own text alone would not.
      if (isClass && typeof held === 'function') continue
      fields.push([key, await encode(held, `${at}.${key}`)])
    }
    return fields
  }

  async function encodeObject(value: object, id: number, at: string): Promise<Encoded> {
    const special = await encodeSpecial(encoder, value, id, at)
    if (special) return special
    const prototype = Object.getPrototypeOf(value) as object | null
    const frozen = Object.isFrozen(value)
    if (Array.isArray(value) && prototype === Array.prototype) return encodeArray(value, id, at, frozen)
    if (prototype === Map.prototype) {
      const v: [Encoded, Encoded][] = []
      for (const [key, item] of value as Map<unknown, unknown>)
        v.push([await encode(key, `a key of ${at}`), await encode(item, `${at}.get(${keyText(key)})`)])
      return { t: 'map', id, v }
    }
    if (prototype === Set.prototype) {
      const v: Encoded[] = []
      for (const item of value as Set<unknown>) v.push(await encode(item, `a member of ${at}`))
      return { t: 'set', id, v }
    }
    if (prototype === Object.prototype || prototype === null)
      return { t: 'object', id, bare: prototype === null, v: await fieldsOf(value, at), frozen }
    return encodeInstance(value, prototype, id, at, frozen)
  }

  async function encodeArray(value: unknown[], id: number, at: string, frozen: boolean): Promise<Encoded> {
    if (Object.keys(value).length !== value.length)
      return refuse(at, 'is an array with holes or with named properties')
    const v: Encoded[] = []
    for (const [i, item] of value.entries()) v.push(await encode(item, `${at}[${i}]`))
    return { t: 'array', id, v, frozen }
  }

  async function encodeInstance(
    value: object,
    prototype: object,
    id: number,
    at: string,
    frozen: boolean,
  ): Promise<Encoded> {
    const made: unknown = Reflect.get(prototype, 'constructor')
    const kind = typeof made === 'function' && made.name ? made.name : tagOf(value)
    const of = classNameOf(made)
    if (!of || Reflect.get(scope.S[of] as object, 'prototype') !== prototype)
      return refuse(at, redefined(kind, scope) ?? `is ${article(kind)}, which cannot be captured`)
    for (let each: unknown = made; typeof each === 'function'; each = Object.getPrototypeOf(each)) {
      if (each === Function.prototype) break
      if (classNameOf(each) === undefined)
        return refuse(
          at,
          `is ${article(kind)}, which extends ${each.name || 'a class'} from outside of the cells`,
        )
      if (hasPrivateNames(each))
        return refuse(
          at,
          `is ${article(kind)} with private fields, which cannot be read: give it plain fields`,
        )
    }
    queue.push(of)
    return { t: 'instance', id, of, v: await fieldsOf(value, at), frozen }
  }

  async function fieldsOf(value: object, at: string): Promise<Fields> {
    const fields: Fields = []
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'symbol') {
        refuse(`${at}[${String(key)}]`, 'is keyed by a symbol')
        continue
      }
      const property = Object.getOwnPropertyDescriptor(value, key)!
      const path = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
        ? `${at}.${key}`
        : `${at}[${JSON.stringify(key)}]`
      if ('value' in property) fields.push([key, await encode(property.value, path)])
      else refuse(path, 'is a getter or setter')
    }
    return fields
  }

  const encoded = await encode(entry, name)
  while (queue.length > 0) {
    const each = queue.shift()!
    if (each in items || each in imports) continue
    const from = scope.imported.get(each)
    if (from) {
      const reason = refuseSpecifier(from.specifier, scope.packages)
      if (reason) refuse(each, reason)
      imports[each] = importOf(from, scope.root)
    } else if (Object.hasOwn(scope.S, each)) {
      items[each] = nothing
      items[each] = await encode(scope.S[each], each)
    } else if (!isStandardGlobal(each))
      refuse(each, each in globalThis ? 'was put on globalThis: declare it in a cell' : 'is not defined')
  }
  const list = [...packages].map(([specifier, version]) => ({ specifier, version }))
  return { entry: encoded, items, imports, packages: list, refusals }
}

const importOf = ({ specifier, name }: { specifier: string; name: string }, root: string): BundleImport => ({
  specifier,
  exported: name,
  version: versionOf(specifier, root),
})

/** Tensors, tables, models, and what only looks like data. */
async function encodeSpecial(
  encoder: Encoder,
  value: object,
  id: number,
  at: string,
): Promise<Encoded | undefined> {
  const reason = refuseHandle(value)
  if (reason) return encoder.refuse(at, reason)
  const tensor = encodeTensor(encoder, value, id, at)
  if (tensor) return tensor
  if (isTable(value)) return encodeTable(encoder, value, id, at)
  if (isSavedModel(value))
    return encoder.refuse(at, 'is a SavedModel, whose files stay on this machine: convert it to a GraphModel')
  const kind = modelKind(value)
  if (kind === 'layers' || kind === 'graph') return encodeModel(encoder, value, kind, id, at)
}

function refuseHandle(value: object): string | undefined {
  if (value instanceof Promise) return 'is a promise: await it in its cell'
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef)
    return `is ${article(tagOf(value))}, whose content cannot be read`
  if (/Generator$/.test(tagOf(value))) return 'is a generator, whose state cannot be read'
  if (value instanceof Error) return 'is an error'
}

function redefined(kind: string, { S }: CaptureScope) {
  if (typeof S !== 'object' || !Object.hasOwn(S, kind) || typeof S[kind] !== 'function') return
  return `was made by an older definition of ${kind}: run its cell again`
}

const tagOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1)
const article = (kind: string) => `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`
const keyText = (key: unknown) => (typeof key === 'string' ? JSON.stringify(key) : String(key))
