import type { ImportedName } from '../../lib/notebook/transform/context'

/** Where an imported name comes from. */
export type Imported = { specifier: string; name: string }

/** The names that a notebook's cells share, as live bindings. */
export type Scope = {
  /** `$S`: every shared name is a property. Reading one that nobody defines throws `ReferenceError`. */
  S: Record<string, unknown>
  /** `$C`: the same for assignments to constants, which throw `TypeError`. */
  C: Record<string, unknown>
  /** Imported name → where from. */
  imported: ReadonlyMap<string, Imported>
  /** Shared name → the cell with its newest definition; the name declared last comes last. */
  owners: ReadonlyMap<string, string>
  /** A run of a cell begins: its names are declared, those it no longer defines go. */
  declare(cellId: string, lexical: string[], vars: string[]): void
  /** Gives imported names their values. A module without such an export fails when the name is used. */
  bind(specifier: string, names: ImportedName[], module: Record<string, unknown>): void
  /** Gives a name another value, if its newest definition is in this cell. */
  assign(cellId: string, name: string, value: unknown): void
  /** The cell is gone, and its names with it. */
  forget(cellId: string): void
  /** Names whose newest definition is in this cell. */
  namesOf(cellId: string): string[]
  /** The value of a shared name, also of one that differs only by case if it is the only one; undefined if there is none. */
  find(name: string): unknown
}

export function createScope(): Scope {
  /** Declared, not yet initialised. */
  const pending = new Set<string>()
  /** Imported names that their module lacks (usually types) → what a use says. */
  const missing = new Map<string, string>()
  const imported = new Map<string, Imported>()
  const owners = new Map<string, string>()

  // The prototype answers only for what S lacks, so that own properties stay fast: S as `Object.create(null)`
  // would be a dictionary in V8, six times slower at `S.sum += i`.
  const absent = new Proxy(Object.freeze(Object.create(null)), {
    has: (_, key) => typeof key === 'string' && (pending.has(key) || missing.has(key) || key in globalThis),
    get(_, key) {
      if (typeof key === 'symbol') return undefined
      if (pending.has(key)) throw new ReferenceError(`Cannot access '${key}' before initialization`)
      if (missing.has(key)) throw new SyntaxError(missing.get(key))
      if (key in globalThis) return Reflect.get(globalThis, key)
      throw new ReferenceError(`${key} is not defined`)
    },
    set(_, key, value, receiver) {
      const name = String(key)
      if (!pending.delete(name) && !missing.delete(name)) throw new ReferenceError(`${name} is not defined`)
      return Reflect.defineProperty(receiver, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    },
  })
  const S: Record<string, unknown> = Object.create(absent)
  const C = new Proxy({} as Record<string, unknown>, {
    get: (_, key) => S[key as string],
    set() {
      throw new TypeError('Assignment to constant variable.')
    },
  })

  const remove = (name: string) => {
    missing.delete(name)
    pending.delete(name)
    imported.delete(name)
    owners.delete(name)
    delete S[name]
  }
  const namesOf = (cellId: string) =>
    [...owners].filter(([, owner]) => owner === cellId).map(([name]) => name)

  return {
    S,
    C,
    imported,
    owners,
    namesOf,
    declare(cellId, lexical, vars) {
      const now = [...lexical, ...vars]
      const kept = new Set(now)
      for (const name of namesOf(cellId)) if (!kept.has(name)) remove(name)
      for (const name of now) {
        owners.delete(name)
        owners.set(name, cellId)
        imported.delete(name)
        missing.delete(name)
        // Assigned, not deleted: a deletion would make S a dictionary. The dead zone of a rerun is the transform's.
        if (Object.hasOwn(S, name)) S[name] = undefined
        else pending.add(name)
      }
      for (const name of vars) S[name] = undefined
    },
    bind(specifier, names, module) {
      for (const [local, name] of names) {
        imported.set(local, { specifier, name })
        const value = exportOf(module, name)
        if (value) {
          if (!Object.hasOwn(S, local)) pending.add(local)
          S[local] = value.value
          continue
        }
        delete S[local]
        pending.delete(local)
        missing.set(
          local,
          `The requested module '${specifier}' does not provide an export named '${name}': if it is a type, write import type`,
        )
      }
    },
    assign(cellId, name, value) {
      if (owners.get(name) === cellId && Object.hasOwn(S, name)) S[name] = value
    },
    forget(cellId) {
      for (const name of namesOf(cellId)) remove(name)
    },
    find(name) {
      if (Object.hasOwn(S, name)) return S[name]
      const alike = Object.keys(S).filter((each) => each.toLowerCase() === name.toLowerCase())
      return alike.length === 1 ? S[alike[0]!] : undefined
    },
  }
}

/** Also the names of a CommonJS module that Node's lexer does not see. */
function exportOf(module: Record<string, unknown>, name: string): { value: unknown } | undefined {
  if (name === '*') return { value: module }
  if (name in module) return { value: module[name] }
  const inner = module.default
  if (inner !== null && typeof inner === 'object' && name in inner)
    return { value: (inner as Record<string, unknown>)[name] }
  return undefined
}
