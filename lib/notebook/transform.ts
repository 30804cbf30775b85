import { originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping'
import type { CompiledCell } from '../protocol/kernel'
import { type CellImport, type Context, createContext, type DefinitionKind } from './transform/context'
import { rewriteDeclarations } from './transform/declarations'
import { CellSyntaxError } from './transform/errors'
import { returnLast, rewriteExecution, wrap } from './transform/execution'
import { nameInputs } from './transform/inputs'
import { rewriteStatements } from './transform/modules'
import { rewriteReferences } from './transform/references'
import { stripTypes } from './transform/strip'

export { type CellImport, CellSyntaxError, type DefinitionKind }

export type TransformOptions = {
  /** The cell's id; `1` unless given. */
  id?: string
  /** Names that other cells define: they win over globals. */
  known?: Iterable<string>
  /** Those of them that must not be assigned (`const` and `import`). */
  consts?: Iterable<string>
}

export type TransformedCell = {
  cell: CompiledCell
  /** Names the cell defines. */
  defs: Map<string, DefinitionKind>
  /** Names it uses that are neither its own nor global. */
  refs: Set<string>
  /** Globals it uses: a cell that comes to define such a name takes its place. */
  globalsUsed: Set<string>
  /** Of `refs`, those it assigns. */
  assigns: Set<string>
  imports: CellImport[]
  /** Exported name → the cell's name. */
  exports: Map<string, string>
}

/**
 * TypeScript of a cell → an async arrow over `($S, $C, $K)`: the scope object, the same scope for assignments to
 * constants (which throw), and the execution (`kernel/child/context`). Types go first, then names move.
 * Throws `CellSyntaxError`.
 */
export function transformCell(source: string, options: TransformOptions = {}): TransformedCell {
  const { context } = rewriteCell(source, options)
  const { id = '1', known = [], consts = [] } = options
  const { defs, refs, globalsUsed, assigns, imports, exports, text } = context
  const cell: CompiledCell = {
    cellId: id,
    file: `cell-${id}.ts`,
    source,
    known: [...known],
    consts: [...consts],
    code: text.toString(),
    defs: [...defs.keys()],
  }
  return { cell, defs, refs, globalsUsed, assigns, imports, exports }
}

/** The edited text, from which both code and maps come. */
export function rewriteCell(source: string, { id = '1', known = [], consts = [] }: TransformOptions) {
  const { code, map } = stripTypes(id, source)
  try {
    const context: Context = createContext(id, code, new Set(known), new Set(consts))
    rewriteReferences(context)
    rewriteDeclarations(context)
    nameInputs(context)
    rewriteStatements(context)
    rewriteExecution(context)
    returnLast(context)
    wrap(context)
    return { context, map }
  } catch (error) {
    throw error instanceof CellSyntaxError ? asTyped(error, map as SourceMapInput) : error
  }
}

/** An error in the text without types, at its place in the text as typed. */
function asTyped(error: CellSyntaxError, map: SourceMapInput) {
  const at = originalPositionFor(new TraceMap(map), { line: error.line, column: error.column - 1 })
  if (at.line === null) return error
  return new CellSyntaxError(error.message, error.cellId, at.line, at.column + 1)
}
