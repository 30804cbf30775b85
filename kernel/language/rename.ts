import type { Location, WorkspaceEdit } from 'vscode-languageserver-protocol'
import type { CellEdits, TextPosition } from '../../lib/protocol/language'
import { editsOfCells } from './edits'
import { toModule } from './module'
import { toPlace } from './places'

type Ask = <Result>(method: string, params: unknown) => Promise<Result>

/**
 * Renames what stands at a place, in all cells. The server stops at the imports that join the cells' modules (it would
 * write `import { a as b }`), so it is asked once for each cell that mentions the name.
 */
export async function rename(
  ask: Ask,
  uriOf: (cellId: string) => string,
  cellId: string,
  position: TextPosition,
  newName: string,
): Promise<CellEdits[]> {
  const at = (id: string, place: TextPosition) => ({
    textDocument: { uri: uriOf(id) },
    position: toModule(place),
  })
  const renameAt = (id: string, place: TextPosition) =>
    ask<WorkspaceEdit | null>('textDocument/rename', { ...at(id, place), newName }).then(editsOfCells)
  const edits = new Map<string, CellEdits>()
  const add = (more: CellEdits[]) => {
    for (const each of more) if (!edits.has(each.cellId)) edits.set(each.cellId, each)
  }
  add(await renameAt(cellId, position))
  const references = await ask<Location[] | null>('textDocument/references', {
    ...at(cellId, position),
    context: { includeDeclaration: true },
  })
  for (const location of references ?? []) {
    const place = toPlace(location)
    if (place && 'cellId' in place && !edits.has(place.cellId))
      add(await renameAt(place.cellId, place.range.start))
  }
  return [...edits.values()]
}
