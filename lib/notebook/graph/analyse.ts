import { LRUCache } from 'lru-cache'
import type { CellKind } from '../document'
import { type TransformedCell, transformCell } from '../transform'
import type { Analysis } from './analysis'

/** What a cell's text says of names. Throws where it says nothing that can be understood. */
export type Analyser = (source: string) => Analysis

/** A kind of cell without one is no node of the graph, and is not executed. */
const analysers: { [K in CellKind]?: Analyser } = { code: analyseCode, sql: analyseCode }

/** Whether cells of this kind run. */
export const isExecuted = (kind: CellKind) => kind in analysers

/** Of a text of any notebook: the same cell stands in many, and in every history. Characters. */
const cache = new LRUCache<string, Analysis | Error>({
  maxSize: 8_000_000,
  sizeCalculation: (_, key) => key.length + 500,
})

/** The names in the text that a cell executes (`executedText`), or the error that keeps it from being understood. */
export function analyse(kind: CellKind, source: string): Analysis | Error {
  const key = `${kind} ${source}`
  const known = cache.get(key)
  if (known) return known
  const found = attempt(kind, source)
  cache.set(key, found)
  return found
}

function attempt(kind: CellKind, source: string) {
  try {
    return analysers[kind]!(source)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function analyseCode(source: string): Analysis {
  const { cell, defs, refs, assigns, globalsUsed, imports } = transformCell(source)
  return {
    // A default export has no name that another cell could use.
    defs: [...defs.keys()].filter((name) => name !== 'default'),
    imports: importOrigins(imports),
    refs: [...refs],
    assigns: [...assigns],
    globals: [...globalsUsed],
    trains: /\.fit(Dataset)?\s*\(/.test(cell.code),
  }
}

/** Each imported name → what it is and where from: equal for two cells that import the same. */
export const importOrigins = (imports: TransformedCell['imports']): Record<string, string> =>
  Object.fromEntries(
    imports.flatMap(({ specifier, names }) => names.map(([local, name]) => [local, `${name} ${specifier}`])),
  )
