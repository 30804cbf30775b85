import type { editor } from 'monaco-editor/editor'
import type * as Y from 'yjs'
import type { Actions } from '../actions'
import type { NotebookSession } from '../session'

/** Which cell a model of Monaco's shows. */
export type CellModel = { cellId: string; text: Y.Text; session: NotebookSession; actions: Actions }

const cells = new WeakMap<editor.ITextModel, CellModel>()

export const registerCellModel = (model: editor.ITextModel, cell: CellModel) => void cells.set(model, cell)
/** The cell that a model shows; undefined for a model that shows something else. */
export const cellOfModel = (model: editor.ITextModel) => cells.get(model)
