import { originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping'
import { rewriteCell, type TransformOptions } from './transform'

/** 1-based. */
export type Place = { line: number; column: number }
/** A place in a cell's generated code → the same in the cell as typed, or null where nothing of the cell stands. */
export type Locator = (line: number, column: number) => Place | null

/** Transforms again at the first question: nothing is kept for cells that never fail. */
export function createLocator(source: string, options: TransformOptions): Locator {
  let maps: [TraceMap, TraceMap] | undefined
  return (line, column) => {
    maps ??= mapsOf(source, options)
    const moved = originalPositionFor(maps[0], { line, column: column - 1 })
    if (moved.line === null) return null
    const typed = originalPositionFor(maps[1], { line: moved.line, column: moved.column })
    return typed.line === null ? null : { line: typed.line, column: typed.column + 1 }
  }
}

function mapsOf(source: string, options: TransformOptions): [TraceMap, TraceMap] {
  const { context, map } = rewriteCell(source, options)
  const moved = context.text.generateDecodedMap({ hires: 'boundary' })
  return [new TraceMap(moved as SourceMapInput), new TraceMap(map as SourceMapInput)]
}
