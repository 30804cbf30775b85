import { importOrigins } from '../../lib/notebook/graph/analyse'
import { type DefinitionKind, type TransformedCell, transformCell } from '../../lib/notebook/transform'
import type { ExecutionNames } from '../../lib/protocol/events'
import type { CompiledCell } from '../../lib/protocol/kernel'
import { createNames, type Said } from './names'

/** Keeps the names that a kernel's cells define, since a cell is compiled against them. */
export type Compiler = {
  /** Of a cell that is about to run. Throws what `toKernelError` can show. */
  compile(cellId: string, source: string): { cell: CompiledCell; names?: ExecutionNames }
  /** The same cell as `compile` would give, before its turn; undefined where it cannot be compiled. */
  ahead(cellId: string, source: string): { cell: CompiledCell; isSettled: boolean } | undefined
  /** A cell is deleted, its values with it. Returns the cells that had given one of its names a value before. */
  forget(cellId: string): string[]
}

/**
 * Compiles a kernel's cells one after another: each is rewritten against the names that the cells before it have
 * defined, of which the newest definition counts.
 */
export function createCompiler(): Compiler {
  const names = createNames<DefinitionKind>()
  /** Of each cell, the last result: a cell that runs again as it was is not parsed again. */
  const latest = new Map<
    string,
    { source: string; edition: number; key: string; transformed: TransformedCell }
  >()

  function transform(cellId: string, source: string) {
    const edition = names.edition()
    const before = latest.get(cellId)
    // What was compiled against the same names is not looked at again.
    if (before?.source === source && before.edition === edition) return before.transformed
    // What the cell itself defined before is no name of others: it goes when the cell no longer defines it.
    const others = names.known(cellId)
    const consts = others.filter(([, kind]) => kind === 'const' || kind === 'import').map(([name]) => name)
    const known = others.map(([name]) => name)
    const key = JSON.stringify([source, known, consts])
    const transformed =
      before?.key === key ? before.transformed : transformCell(source, { id: cellId, known, consts })
    latest.set(cellId, { source, edition, key, transformed })
    return transformed
  }

  return {
    compile(cellId, source) {
      const transformed = transform(cellId, source)
      const ran = names.run(cellId, saidBy(transformed))
      const isSilent = ran.took.length === 0 && Object.keys(ran.used).length === 0
      return { cell: transformed.cell, ...(!isSilent && { names: ran }) }
    },
    ahead(cellId, source) {
      try {
        const transformed = transform(cellId, source)
        return { cell: transformed.cell, isSettled: names.isSettled(cellId, saidBy(transformed)) }
      } catch {
        return undefined
      }
    },
    forget(cellId) {
      latest.delete(cellId)
      return names.forget(cellId)
    },
  }
}

function saidBy({ defs, imports, refs, globalsUsed }: TransformedCell): Said<DefinitionKind> {
  const named = new Map(defs)
  // A default export has no name that another cell could use.
  named.delete('default')
  return { defs: named, imports: importOrigins(imports), refs, globals: globalsUsed }
}
