import type { ExecutionNames } from '../../lib/protocol/events'

/** What a cell's text says of names: those it defines, where imported ones come from, and those of others it uses. */
export type Said<Kind> = {
  defs: ReadonlyMap<string, Kind>
  imports: Readonly<Record<string, string>>
  /** Names of no global. */
  refs: Iterable<string>
  globals: Iterable<string>
}

/** Which cell gave each name its value. The newest definition counts, whichever stands first on the page. */
export type Names<Kind> = {
  /** Raised whenever `known` answers something else. */
  edition(): number
  /** Those that cells other than this one gave a value. */
  known(cellId: string): [name: string, kind: Kind][]
  /** Whether a run of the cell would leave what `known` answers as it is. */
  isSettled(cellId: string, said: Pick<Said<Kind>, 'defs' | 'imports'>): boolean
  /** A cell runs. */
  run(cellId: string, said: Said<Kind>): ExecutionNames
  /** A cell is gone, its values with it. Returns the cells that had given one of its names a value before. */
  forget(cellId: string): string[]
}

type Value<Kind> = {
  kind: Kind
  owner: string
  /** The owner, and the cells that import the very same. */
  holders: Set<string>
  origin: string | undefined
}

export function createNames<Kind>(): Names<Kind> {
  let edition = 0
  const values = new Map<string, Value<Kind>>()
  /** Name → the cell that gave it its value, or that took the value away when it no longer defined it. */
  const takers = new Map<string, string>()
  /** The same by cell. */
  const taken = new Map<string, Set<string>>()
  /** Cell → the names it defined when it last ran. */
  const defined = new Map<string, string[]>()

  function take(cellId: string | undefined, name: string) {
    const before = takers.get(name)
    if (before === cellId) return
    if (before !== undefined) taken.get(before)?.delete(name)
    if (cellId === undefined) return void takers.delete(name)
    takers.set(name, cellId)
    const names = taken.get(cellId)
    if (names) names.add(name)
    else taken.set(cellId, new Set([name]))
  }

  /** Takes the names of a cell away, but those that it defines again. Returns those without a value from now on. */
  function leave(cellId: string, isKept: (name: string) => boolean) {
    return (defined.get(cellId) ?? []).filter((name) => {
      const value = values.get(name)
      if (!value || isKept(name)) return false
      value.holders.delete(cellId)
      if (value.owner !== cellId) return false
      edition++
      return values.delete(name)
    })
  }

  const isGiven = (cellId: string, name: string, kind: Kind, origin: string | undefined) => {
    const value = values.get(name)
    return value?.owner === cellId && value.kind === kind && value.origin === origin
  }

  function give(cellId: string, name: string, kind: Kind, origin: string | undefined) {
    if (isGiven(cellId, name, kind, origin)) return
    const before = values.get(name)
    edition++
    const isShared = before !== undefined && origin !== undefined && before.origin === origin
    const holders = isShared ? before.holders.add(cellId) : new Set([cellId])
    values.set(name, { kind, origin, owner: cellId, holders })
    take(holders.size === 1 ? cellId : undefined, name)
  }

  return {
    edition: () => edition,
    known: (cellId) =>
      [...values]
        .filter(([, { owner }]) => owner !== cellId)
        .map(([name, { kind }]): [string, Kind] => [name, kind]),
    isSettled: (cellId, { defs, imports }) =>
      (defined.get(cellId) ?? []).every((name) => defs.has(name)) &&
      [...defs].every(([name, kind]) => isGiven(cellId, name, kind, imports[name])),
    run(cellId, { defs, imports, refs, globals }) {
      const used: ExecutionNames['used'] = {}
      for (const name of leave(cellId, (name) => defs.has(name))) take(cellId, name)
      for (const name of refs) used[name] = [...(values.get(name)?.holders ?? [])]
      for (const name of globals) if (values.has(name)) used[name] = [...values.get(name)!.holders]
      for (const [name, kind] of defs) give(cellId, name, kind, imports[name])
      defined.set(cellId, [...defs.keys()])
      return { took: [...(taken.get(cellId) ?? [])], used }
    },
    forget(cellId) {
      const gone = new Set(leave(cellId, () => false))
      defined.delete(cellId)
      for (const name of taken.get(cellId) ?? []) takers.delete(name)
      taken.delete(cellId)
      if (gone.size === 0) return []
      return [...defined].flatMap(([id, names]) => (names.some((name) => gone.has(name)) ? [id] : []))
    },
  }
}
