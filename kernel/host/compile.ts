import { type DefinitionKind, type TransformedCell, transformCell } from '../../lib/notebook/transform'
import type { Compiler } from './session'

/**
 * Compiles a kernel's cells one after another: each is rewritten against the names that the cells before it have
 * defined, of which the newest definition counts.
 */
export function createCompiler(): Compiler {
  const names = new Map<string, { cellId: string; kind: DefinitionKind }>()
  /** Of each cell, the last result: a cell that runs again as it was is not parsed again. */
  const latest = new Map<string, { key: string; transformed: TransformedCell }>()

  function transform(cellId: string, source: string, known: string[], consts: string[]) {
    const key = JSON.stringify([source, known, consts])
    const before = latest.get(cellId)
    if (before?.key === key) return before.transformed
    const transformed = transformCell(source, { id: cellId, known, consts })
    latest.set(cellId, { key, transformed })
    return transformed
  }

  function forget(cellId: string) {
    for (const [name, definition] of names) if (definition.cellId === cellId) names.delete(name)
  }

  return {
    compile(cellId, source) {
      // What the cell itself defined before is no name of others: it goes when the cell no longer defines it.
      const others = [...names].filter(([, definition]) => definition.cellId !== cellId)
      const consts = others.filter(([, { kind }]) => kind === 'const' || kind === 'import')
      const known = others.map(([name]) => name)
      const { cell, defs } = transform(
        cellId,
        source,
        known,
        consts.map(([name]) => name),
      )
      forget(cellId)
      for (const [name, kind] of defs) names.set(name, { cellId, kind })
      return cell
    },
    forget(cellId) {
      latest.delete(cellId)
      forget(cellId)
    },
  }
}
