import { type DefinitionKind, type TransformedCell, transformCell } from '../../lib/notebook/transform'
import type { Compiler } from './session'

/**
 * Compiles a kernel's cells one after another: each is rewritten against the names that the cells before it have
 * defined, of which the newest definition counts.
 */
export function createCompiler(): Compiler {
  const names = new Map<string, { cellId: string; kind: DefinitionKind }>()
  /** Raised whenever `names` changes: what was compiled against the same names is not looked at again. */
  let edition = 0
  /** Of each cell, the last result: a cell that runs again as it was is not parsed again. */
  const latest = new Map<
    string,
    { source: string; edition: number; key: string; transformed: TransformedCell }
  >()

  function transform(cellId: string, source: string) {
    const before = latest.get(cellId)
    if (before?.source === source && before.edition === edition) return before.transformed
    // What the cell itself defined before is no name of others: it goes when the cell no longer defines it.
    const others = [...names].filter(([, definition]) => definition.cellId !== cellId)
    const consts = others
      .filter(([, { kind }]) => kind === 'const' || kind === 'import')
      .map(([name]) => name)
    const known = others.map(([name]) => name)
    const key = JSON.stringify([source, known, consts])
    const transformed =
      before?.key === key ? before.transformed : transformCell(source, { id: cellId, known, consts })
    latest.set(cellId, { source, edition, key, transformed })
    return transformed
  }

  function define(cellId: string, defs: TransformedCell['defs']) {
    const own = [...names].filter(([, definition]) => definition.cellId === cellId)
    const stands = ([name, kind]: readonly [string, DefinitionKind]) => {
      const found = names.get(name)
      return found?.cellId === cellId && found.kind === kind
    }
    if (own.length === defs.size && [...defs].every(stands)) return
    forget(cellId)
    for (const [name, kind] of defs) names.set(name, { cellId, kind })
    edition++
  }

  function forget(cellId: string) {
    for (const [name, definition] of names) {
      if (definition.cellId !== cellId) continue
      names.delete(name)
      edition++
    }
  }

  return {
    compile(cellId, source) {
      const { cell, defs } = transform(cellId, source)
      define(cellId, defs)
      return cell
    },
    forget(cellId) {
      latest.delete(cellId)
      forget(cellId)
    },
  }
}
