import { editor, type languages } from 'monaco-editor/editor'
import type { CellEdits } from '../../../../lib/protocol/language'
import { type CellModel, cellOfModel } from './cell-models'
import { fromRange, toPosition, toRange } from './ranges'

export const renames: languages.RenameProvider = {
  async provideRenameEdits(model, position, newName) {
    const cell = cellOfModel(model)
    if (cell) await cell.actions.renameSymbol(cell.cellId, toPosition(position), newName)
    // All edits are made already, in the shared texts: most cells have no model.
    return { edits: [] }
  },
  async resolveRenameLocation(model, position) {
    const { cellId, text, session } = cellOfModel(model) ?? {}
    const nothing = { range: fromRange({ start: toPosition(position), end: toPosition(position) }), text: '' }
    if (!cellId || !text || !session) return { ...nothing, rejectReason: 'Nothing here has a name.' }
    const place = { cellId, source: text.toString(), position: toPosition(position) }
    try {
      const found = await session.ask('language.renameable', place)
      if (found) return { range: fromRange(found.range), text: found.name }
      return { ...nothing, rejectReason: 'What stands here cannot be renamed.' }
    } catch (error) {
      return { ...nothing, rejectReason: (error as Error).message }
    }
  },
}

export const fixes: languages.CodeActionProvider = {
  async provideCodeActions(model, range, { markers }) {
    const cell = cellOfModel(model)
    if (!cell || markers.length === 0) return
    const { cellId, text, session } = cell
    const asked = { cellId, source: text.toString(), range: toRange(range) }
    const found = await session.ask('language.fixes', asked).catch(() => [])
    const actions = found.map(({ title, preferred, edits }): languages.CodeAction => {
      const action = { title, kind: 'quickfix', isPreferred: preferred, diagnostics: markers }
      const [only] = edits
      return edits.length === 1 && only?.cellId === cellId
        ? { ...action, edit: { edits: modelEdits(model, only) } }
        : { ...action, command: { id: editCells, title, arguments: [cell, edits] } }
    })
    return { actions, dispose() {} }
  },
}

const modelEdits = (model: editor.ITextModel, { edits }: CellEdits): languages.IWorkspaceTextEdit[] =>
  edits.map(({ range, newText }) => ({
    resource: model.uri,
    versionId: model.getVersionId(),
    textEdit: { range: fromRange(range), text: newText },
  }))

const editCells = 'cellar.edit-cells'
editor.registerCommand(editCells, (_, { actions }: CellModel, edits: CellEdits[]) => actions.editCells(edits))

export const formatting: languages.DocumentFormattingEditProvider = {
  async provideDocumentFormattingEdits(model) {
    const cell = cellOfModel(model)
    if (!cell) return
    const { cellId, text, session } = cell
    const edits = await session.ask('language.format', { cellId, source: text.toString() }).catch(() => [])
    return edits.map(({ range, newText }) => ({ range: fromRange(range), text: newText }))
  },
}
