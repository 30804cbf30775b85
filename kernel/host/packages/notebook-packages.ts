import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { satisfies, validRange } from 'semver'
import {
  type Environment,
  installedVersions,
  isEmptyEnvironment,
  lockedPackages,
  noEnvironment,
} from '../../../lib/notebook/environment'
import { type PackageSpecifier, parsePackage } from '../../../lib/notebook/specifier'
import type { ChildPackages } from '../../../lib/protocol/kernel'
import { PackageError } from './errors'
import { type CellImports, importsOf } from './imports'
import { linkTree } from './link-tree'
import { refuseOwn } from './own'
import type { Installing, PackageStore } from './store'

/** What a person asks of a notebook's packages. */
export type PackageChange = {
  /** `left-pad`, `left-pad@1`, `@scope/name@next` */
  add?: string[]
  remove?: string[]
  /** Packages whose install scripts may run from now on, or no longer. */
  scripts?: Record<string, boolean>
}

/** One notebook's packages on this machine, and what its kernel sees of them. */
export type NotebookPackages = {
  /** Shown to the kernel, read only. Types and modules are below `current/node_modules` in it. */
  folder: string
  /** What the notebook's document says. */
  set(environment: Environment): void
  environment(): Environment
  /** Installs, or changes nothing. `restart`: the kernel has loaded what would be replaced. Throws `PackageError`. */
  change(change: PackageChange, userId: string, signal?: AbortSignal): Promise<{ restart: boolean }>
  /**
   * What a compiled cell needs is put in place; undefined where nothing has to be waited for. Resolves to what was
   * installed for it, in words. Throws, or rejects with, `PackageError`.
   */
  prepare(code: string, userId: string, signal: AbortSignal): Promise<string> | undefined
  /** Whether a compiled cell could run at once: `prepare` would do nothing for it. */
  isReady(code: string): boolean
  /** What the kernel is to know, if that is not what it was told last. */
  news(): ChildPackages | undefined
  /** The kernel has loaded one: files in its folder must not change any more. */
  used(): void
  /** A new kernel begins. */
  begin(): void
}

export type NotebookPackagesOptions = {
  store: PackageStore
  folder: string
  /** The checkout, whose packages are the kernel's own. */
  root: string
  /** The environment has changed: it belongs into the document. */
  onChange(environment: Environment, userId: string): Promise<void>
  /** A line of what an installation does. */
  onLine?(line: string): void
}

export function createNotebookPackages({
  store,
  folder,
  root,
  onChange,
  onLine,
}: NotebookPackagesOptions): NotebookPackages {
  let environment = noEnvironment
  /** What the folder holds for the living kernel. */
  let linked: { generation: string; lock: string; scripts: string; present: Map<string, string> } | undefined
  let inUse = false
  let told = ''
  let last: Promise<unknown> = Promise.resolve()
  mkdirSync(folder, { recursive: true })

  /** One change after another. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    const ended = () => onLine?.('')
    last = turn.then(ended, ended)
    return turn
  }

  const isLinked = ({ lock, scripts }: Environment) =>
    linked ? linked.lock === lock && linked.scripts === scripts.join() : lock === ''

  /** Puts the environment where the kernel sees it; false where that would change what it has loaded. */
  async function link(next: Environment, how: Installing = {}): Promise<boolean> {
    if (isLinked(next)) return true
    const wanted = new Map(lockedPackages(next.lock).map(({ path, version }) => [path, version]))
    const differs = (path: string, version: string) => (wanted.get(path) ?? version) !== version
    const before = linked
    const replaces =
      before !== undefined &&
      (before.scripts !== next.scripts.join() || [...before.present].some((each) => differs(...each)))
    if (replaces && inUse) return false
    if (next.lock === '') {
      linked = before && { ...before, lock: '', scripts: next.scripts.join() }
      return true
    }
    const source = join(await store.folder(next, { onLine, ...how }), 'node_modules')
    const generation = before && !replaces ? before.generation : randomUUID()
    await linkTree(source, join(folder, generation, 'node_modules'))
    await pointTo(generation)
    const present = new Map([...(replaces ? [] : (before?.present ?? [])), ...wanted])
    linked = { generation, lock: next.lock, scripts: next.scripts.join(), present }
    if (before && before.generation !== generation) await removeGeneration(before.generation)
    return true
  }

  /** `current`: where types are looked up, whatever the generation. */
  async function pointTo(generation: string) {
    const temporary = join(folder, `.current-${randomUUID()}`)
    await symlink(generation, temporary)
    await rename(temporary, join(folder, 'current'))
  }
  const removeGeneration = (generation: string) =>
    rm(join(folder, generation), { recursive: true, force: true })

  async function apply(next: Environment, userId: string, how: Installing): Promise<{ restart: boolean }> {
    const placed = await link(next, how)
    environment = next
    await onChange(next, userId)
    return { restart: !placed }
  }

  const change = (asked: PackageChange, userId: string, signal?: AbortSignal) =>
    inTurn(async () => {
      const packages = { ...environment.packages }
      for (const name of asked.remove ?? []) delete packages[name]
      for (const { name, range } of (asked.add ?? []).map(read)) {
        refuseOwn(name, root)
        packages[name] = range
      }
      const allowed = new Set(environment.scripts)
      for (const [name, isAllowed] of Object.entries(asked.scripts ?? {})) {
        if (isAllowed) allowed.add(name)
        else allowed.delete(name)
      }
      const scripts = [...allowed].sort()
      const how = { signal, onLine }
      return apply(await store.resolve({ ...environment, scripts }, packages, how), userId, how)
    })

  /** What of a cell's `npm:` imports the environment does not give. */
  /** Whether all that a cell imports is where the kernel sees it. Throws at what it must not import. */
  const isPlaced = ({ any, npm }: CellImports) =>
    !any ||
    (npm.length === 0 && isEmptyEnvironment(environment)) ||
    (missing(npm).length === 0 && isLinked(environment))
  const missing = (asked: PackageSpecifier[]) => {
    const versions = installedVersions(environment)
    return asked.filter(({ name, range }) => {
      refuseOwn(name, root)
      const version = versions[name]
      if (!version) return true
      if (range === '' || environment.packages[name] === range) return false
      return validRange(range) === null || !satisfies(version, range)
    })
  }

  async function place({ npm, names }: CellImports, userId: string, signal: AbortSignal): Promise<string> {
    const wanted = missing(npm)
    const add = wanted.map(({ name, range }) => (range ? `${name}@${range}` : name))
    if (add.length > 0) await change({ add }, userId, signal)
    await inTurn(() => link(environment, { signal }))
    if (!isLinked(environment)) refuseOutdated(names)
    const versions = installedVersions(environment)
    return wanted.map(({ name }) => `${name} ${versions[name]}`).join(', ')
  }

  /** The kernel keeps what it has loaded until it is restarted; a cell that wants something else must wait for that. */
  function refuseOutdated(names: string[]) {
    const present = linked?.present ?? new Map<string, string>()
    const versions = installedVersions(environment)
    const name = names.find(
      (each) => versions[each] && present.get(`node_modules/${each}`) !== versions[each],
    )
    if (name === undefined) return
    const changed = lockedPackages(environment.lock).find(
      ({ path, version }) => (present.get(path) ?? version) !== version,
    )
    const loaded = changed
      ? `${changed.name} ${present.get(changed.path)} is loaded, and ${changed.version} is installed now`
      : 'install scripts have changed packages that are loaded'
    throw new PackageError(`${loaded}: restart the kernel, then run this cell again`)
  }

  /** What the kernel can import by name as it is now. */
  function versionsNow(): Record<string, string> {
    const names = Object.keys(environment.packages)
    return Object.fromEntries(
      names.flatMap((name) => {
        const version = linked?.present.get(`node_modules/${name}`)
        return version ? [[name, version]] : []
      }),
    )
  }

  return {
    folder,
    set(next) {
      environment = next
      // Before the first cell asks for it, and for types. What fails here fails there again, and is said there.
      inTurn(() => link(next)).catch(() => {})
    },
    environment: () => environment,
    change,
    prepare(code, userId, signal) {
      const imports = importsOf(code)
      return isPlaced(imports) ? undefined : place(imports, userId, signal)
    },
    isReady(code) {
      try {
        return isPlaced(importsOf(code))
      } catch {
        return false
      }
    },
    news() {
      const now: ChildPackages = {
        folder: linked ? join(folder, linked.generation) : '',
        versions: versionsNow(),
      }
      const text = JSON.stringify(now)
      if (text === told || (told === '' && !linked)) return
      told = text
      return now
    },
    used() {
      inUse = true
    },
    begin() {
      inUse = false
      told = ''
      const wanted = new Map(lockedPackages(environment.lock).map(({ path, version }) => [path, version]))
      const exact = linked?.present.size === wanted.size && isLinked(environment)
      if (exact) return
      // What earlier kernels had; the new one is given what the document says now.
      linked = undefined
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
    },
  }
}

function read(text: string): PackageSpecifier {
  try {
    return parsePackage(text)
  } catch (error) {
    throw new PackageError((error as Error).message)
  }
}
