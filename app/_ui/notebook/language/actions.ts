import { cellKind, cellSource, sharedCells } from '../../../../lib/notebook/document'
import type { CellEdits, CodePlace, TextPosition } from '../../../../lib/protocol/language'
import { say, sayFailure } from '../../notices'
import type { NotebookSession } from '../session'
import { mayEdit } from '../view'
import { applyEdits } from './edits'
import { type ListedProblem, listProblems } from './problems'
import { sayWithUndo } from './undo'

type GoTo = (cellId: string, line: number, column: number) => void

/** What a person can do with the types and names of a notebook. */
export function createLanguageActions(session: NotebookSession, goTo: GoTo) {
  const { store, document, history } = session
  const sourceOf = (cellId: string) => {
    const cell = sharedCells(document).get(cellId)
    return cell && cellSource(cell).toString()
  }

  /** Edits cells as one step, and offers to take it back where more than one was changed. */
  function editCells(cells: readonly CellEdits[], done?: (places: number) => string) {
    if (!mayEdit(store.get())) return
    const before = history.undoStack.length
    const places = applyEdits(document, cells)
    if (done && history.undoStack.length > before) sayWithUndo(done(places), history)
  }

  async function renameSymbol(cellId: string, position: TextPosition, newName: string) {
    const source = sourceOf(cellId)
    if (source === undefined) return
    try {
      const edits = await session.ask('language.rename', { cellId, source, position, newName })
      if (edits.length === 0) return say('Nothing was renamed.')
      editCells(
        edits,
        (places) => `Renamed to ${newName}: ${counted(places, 'place')} in ${counted(edits.length, 'cell')}.`,
      )
    } catch (error) {
      sayFailure('Nothing was renamed', error)
    }
  }

  async function findReferences(cellId: string, position: TextPosition, name: string) {
    const source = sourceOf(cellId)
    if (source === undefined) return
    try {
      const places = await session.ask('language.references', { cellId, source, position })
      if (places.length === 0) return say(`No references were found: ${name}`)
      store.set({ references: { name, places } })
    } catch (error) {
      sayFailure('References were not found', error)
    }
  }

  /** Goes to a cell, or shows a declaration of a package. */
  function openPlace(place: CodePlace) {
    const { start } = place.range
    if ('cellId' in place) goTo(place.cellId, start.line + 1, start.character + 1)
    else store.set({ reading: place })
  }

  /** To the error or warning after the one that was gone to last, or after the selected cell; round and round. */
  function stepProblem(by: 1 | -1) {
    const { problems, ids, selected = '' } = store.get()
    const all = listProblems(problems, ids)
    const [first, last] = [all[0], all.at(-1)]
    if (!first || !last) return say('There are no problems.')
    const at = all.findIndex((each) => isSamePlace(each, stepped))
    const from = ids.indexOf(selected)
    if (at >= 0 && all[at]!.cellId === selected) stepped = all[(at + by + all.length) % all.length]!
    else if (by > 0) stepped = all.find(({ index }) => index >= from) ?? first
    else stepped = all.findLast(({ index }) => index <= from) ?? last
    openPlace(stepped)
  }
  let stepped: ListedProblem | undefined

  /** Formats every code cell as one step. */
  async function formatNotebook() {
    const ids = store.get().ids.filter((id) => {
      const cell = sharedCells(document).get(id)
      return cell && cellKind(cell) === 'code'
    })
    try {
      const formatted = await Promise.all(
        ids.map(async (cellId): Promise<[string, CellEdits]> => {
          const source = sourceOf(cellId) ?? ''
          return [source, { cellId, edits: await session.ask('language.format', { cellId, source }) }]
        }),
      )
      // A cell that was changed meanwhile stays as it is: the edits are of another text.
      const edits = formatted
        .filter(([source, { cellId, edits }]) => edits.length > 0 && sourceOf(cellId) === source)
        .map(([, cell]) => cell)
      if (edits.length === 0) return say('All cells are formatted already.')
      editCells(edits, () => `Formatted ${counted(edits.length, 'cell')}.`)
    } catch (error) {
      sayFailure('The notebook was not formatted', error)
    }
  }

  return {
    editCells,
    renameSymbol,
    findReferences,
    openPlace,
    stepProblem,
    formatNotebook,
    closeReferences: () => store.set({ references: undefined }),
    closeReading: () => store.set({ reading: undefined }),
  }
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

const isSamePlace = (a: ListedProblem, b: ListedProblem | undefined) =>
  a.cellId === b?.cellId &&
  a.range.start.line === b.range.start.line &&
  a.range.start.character === b.range.start.character
