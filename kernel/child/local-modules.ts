import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import type { transformCell } from '../../lib/notebook/transform'
import type { CellContext } from './context'
import type { Importer, Module } from './importer'
import { createScope, type Scope } from './scope'

export type LocalModulesOptions = {
  transform: typeof transformCell
  /** An importer for a file of `folder`, which loads TypeScript files by `load`. */
  importerFor: (folder: string, load: (file: string) => Promise<Module>) => Importer
  stop: CellContext['stop']
  /** Makes traces of a file's code lead to the file. */
  register: (file: string, source: string) => string
}

/**
 * TypeScript files beside a notebook. Each runs as a cell does, in a scope of its own, and again when its text, or
 * that of a file it imports, has changed since: what Node loaded itself it would never load again.
 */
export function createLocalModules({ transform, importerFor, stop, register }: LocalModulesOptions) {
  type Loaded = {
    source: string
    /** Files that it imports. */
    uses: Set<string>
    module: Module
    done: Promise<void>
    finished: boolean
  }
  const loaded = new Map<string, Loaded>()

  const start = (file: string, source: string, importers: readonly string[]): Loaded => {
    const { cell, exports } = transform(source, { id: path.basename(file) })
    const scope = createScope()
    const module = namespaceOf(scope, exports)
    const run = vm.runInThisContext(cell.code, { filename: register(file, source) }) as (
      S: unknown,
      C: unknown,
      K: CellContext,
    ) => Promise<unknown>
    const entry: Loaded = { source, uses: new Set(), module, done: Promise.resolve(), finished: false }
    const within = [...importers, file]
    const importer = importerFor(path.dirname(file), (inner) => {
      entry.uses.add(inner)
      return load(inner, within)
    })
    const context = contextOf(file, scope, importer, stop)
    entry.done = run(scope.S, scope.C, context).then(
      () => {
        entry.finished = true
      },
      (error) => {
        loaded.delete(file)
        throw error
      },
    )
    return entry
  }

  /** Whether the text of the file, or of one that it imports, is another than when it ran. */
  const hasChanged = async (file: string, seen = new Set<string>()): Promise<boolean> => {
    if (seen.has(file)) return false
    seen.add(file)
    const entry = loaded.get(file)
    if (!entry || entry.source !== (await readFile(file, 'utf8'))) return true
    for (const used of entry.uses) if (await hasChanged(used, seen)) return true
    return false
  }

  async function load(file: string, importers: readonly string[] = []): Promise<Module> {
    const source = await readFile(file, 'utf8')
    let entry = loaded.get(file)
    if (!entry || (entry.finished && (await hasChanged(file)))) {
      entry = start(file, source, importers)
      loaded.set(file, entry)
    }
    // In a circle each would wait for the other: the inner one sees what is there so far, as ES modules do.
    if (entry.finished || !importers.includes(file)) await entry.done
    return entry.module
  }
  return (file: string) => load(file)
}

function namespaceOf(scope: Scope, exports: Map<string, string>): Module {
  const module: Module = Object.create(null)
  for (const [name, local] of exports)
    Object.defineProperty(module, name, { enumerable: true, get: () => scope.S[local] })
  return module
}

function contextOf(file: string, scope: Scope, importer: Importer, stop: CellContext['stop']): CellContext {
  return {
    meta: { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) },
    stop,
    signal: new AbortController().signal,
    after: (_, value) => value,
    tdz(name) {
      throw new ReferenceError(`Cannot access '${name}' before initialization`)
    },
    helper: importer.helper,
    named: (_, target) => target,
    declare: (lexical, vars) => scope.declare(file, lexical, vars),
    require: createRequire(file),
    dynamicImport: importer.import,
    import: async (specifier, names, type) =>
      scope.bind(specifier, names, await importer.import(specifier, type ? { with: { type } } : undefined)),
  }
}
