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
      const consts = [...names].filter(([, { kind }]) => kind === 'const' || kind === 'import')
      const known = names.keys()
      const { cell, defs } = transformCell(source, {
        id: cellId,
        known,
        consts: consts.map(([name]) => name),
      })
      for (const [name, kind] of defs) names.set(name, { cellId, kind })
      return cell
    },
    forget(cellId) {
      for (const [name, definition] of names) if (definition.cellId === cellId) names.delete(name)
    },
  }
}
