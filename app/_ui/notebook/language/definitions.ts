import { editor, type languages, Uri } from 'monaco-editor/editor'
import { cellSource, sharedCells } from '../../../../lib/notebook/document'
import type { CodePlace } from '../../../../lib/protocol/language'
import { type CellModel, cellOfModel } from './cell-models'
import { fromRange, toPosition } from './ranges'

/** What a place is shown from before it is gone to: Monaco asks for a model of every place. */
const scheme = 'cellar-preview'

/** Places that were told last, by the address of their preview. */
const told = new Map<string, { cell: CellModel; place: CodePlace; model: editor.ITextModel }>()

export const definitions: languages.DefinitionProvider = {
  async provideDefinition(model, position) {
    const cell = cellOfModel(model)
    if (!cell) return
    const { cellId, text, session } = cell
    const asked = { cellId, source: text.toString(), position: toPosition(position) }
    const places = await session.ask('language.definition', asked).catch(() => [])
    for (const { model } of told.values()) model.dispose()
    told.clear()
    const [place] = places
    // The first is where it is; the others are other ways to say the same.
    return place ? [await preview(cell, place)] : []
  },
}

async function preview(cell: CellModel, place: CodePlace): Promise<languages.Location> {
  const path = 'cellId' in place ? `/cell-${place.cellId}.ts` : place.file
  const uri = Uri.from({ scheme, path })
  editor.getModel(uri)?.dispose()
  const model = editor.createModel((await textOf(cell, place)) ?? '', 'typescript', uri)
  told.set(uri.toString(), { cell, place, model })
  return { uri, range: fromRange(place.range) }
}

async function textOf({ session }: CellModel, place: CodePlace) {
  if ('cellId' in place) {
    const shared = sharedCells(session.document).get(place.cellId)
    return shared && cellSource(shared).toString()
  }
  const found = await session.ask('language.file', { file: place.file }).catch(() => null)
  return found?.text
}

// Monaco itself can only open what stands in the same editor.
editor.registerEditorOpener({
  openCodeEditor(_, resource) {
    const found = told.get(resource.toString())
    if (!found) return false
    found.cell.actions.openPlace(found.place)
    return true
  },
})
