import { fileURLToPath } from 'node:url'
import type { TextEdit as ServerEdit, WorkspaceEdit } from 'vscode-languageserver-protocol'
import type { CellEdits, TextEdit } from '../../lib/protocol/language'
import { cellOfFile, fromModule } from './module'

/**
 * The server's edits of a cell's module as edits of the cell. An import that it puts into the line of imports stands
 * at the cell's beginning; whatever else it would change there changes nothing that a person wrote.
 */
export function editsOfCell(edits: readonly ServerEdit[]): TextEdit[] {
  return edits.flatMap((edit): TextEdit[] => {
    const range = fromModule(edit.range)
    if (range) return [{ range, newText: edit.newText }]
    const imports = edit.newText.trim()
    if (!/^import\s/.test(imports) || !isEmpty(edit.range)) return []
    const beginning = { line: 0, character: 0 }
    return [{ range: { start: beginning, end: beginning }, newText: `${withoutSemicolon(imports)}\n` }]
  })
}

/** The edits of cells; those of other files are left out. */
export function editsOfCells(edit: WorkspaceEdit | null | undefined): CellEdits[] {
  const byUri = new Map<string, ServerEdit[]>(Object.entries(edit?.changes ?? {}))
  for (const change of edit?.documentChanges ?? [])
    if ('textDocument' in change)
      byUri.set(change.textDocument.uri, [
        ...(byUri.get(change.textDocument.uri) ?? []),
        ...(change.edits as ServerEdit[]),
      ])
  return [...byUri].flatMap(([uri, edits]) => {
    const cellId = cellOfFile(fileURLToPath(uri))
    const mapped = cellId === undefined ? [] : editsOfCell(edits)
    return mapped.length > 0 ? [{ cellId: cellId!, edits: mapped }] : []
  })
}

const isEmpty = ({ start, end }: ServerEdit['range']) =>
  start.line === end.line && start.character === end.character

/** As the examples are written. */
const withoutSemicolon = (imports: string) => imports.replace(/;$/gm, '')
