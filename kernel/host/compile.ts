import { type DefinitionKind, transformCell } from '../../lib/notebook/transform'
import type { Compiler } from './session'

/**
 * Compiles a kernel's cells one after another: each is rewritten against the names that the cells before it have
 * defined, of which the newest definition counts.
 */
export function createCompiler(): Compiler {
  const names = new Map<string, { cellId: string; kind: DefinitionKind }>()
  return {
    compile(cellId, source) {
      // What the cell itself defined before is no name of others: it goes when the cell no longer defines it.
      const others = [...names].filter(([, definition]) => definition.cellId !== cellId)
      const consts = others.filter(([, { kind }]) => kind === 'const' || kind === 'import')
      const known = others.map(([name]) => name)
      const { cell, defs } = transformCell(source, {
        id: cellId,
        known,
        consts: consts.map(([name]) => name),
      })
      this.forget(cellId)
      for (const [name, kind] of defs) names.set(name, { cellId, kind })
      return cell
    },
    forget(cellId) {
      for (const [name, definition] of names) if (definition.cellId === cellId) names.delete(name)
    },
  }
}
