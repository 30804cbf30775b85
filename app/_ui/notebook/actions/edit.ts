import {
  type CellAttributes,
  type CellKind,
  cellSource,
  deleteCells,
  insertCell,
  insertCells,
  mergeCellBelow,
  mergeCells,
  moveCells,
  setCellAttribute,
  setCellKind,
  splitCell,
  toCell,
  toCells,
} from '../../../../lib/notebook/document'
import { headingMark } from '../../../../lib/notebook/headings'
import { say } from '../../notices'
import { type CopiedCell, keepCells, keptCells } from '../clipboard'
import { plural } from '../format'
import { promotingCell } from '../promoting-cell'
import type { Scope } from './scope'
import type { createSelecting, Mode } from './select'

/** A mark of how a cell is shown, which `Z` does not undo. */
type Look = 'codeHidden' | 'outputHidden' | 'sectionFolded'

/** What changes the notebook's cells. Where no cell is named, the selected ones are meant. */
export function createEditing(scope: Scope, selecting: ReturnType<typeof createSelecting>) {
  const { session, store, document, ids, cell, editable, chosen, targets } = scope
  const { history, editors } = session
  const { select, selectSoon, unfold } = selecting

  function insert(index: number, kind: CellKind = 'code', source = '', mode: Mode = 'edit') {
    if (!editable()) return
    const id = insertCell(document, index, kind, source)
    selectSoon(id, mode)
    return id
  }

  /** Where something goes beside the selected cells. */
  function beside(side: 'above' | 'below') {
    const all = chosen()
    if (all.length === 0) return side === 'above' ? 0 : ids().length
    if (side === 'above') return ids().indexOf(all[0]!)
    // Below a folded heading is below its section.
    const last = ids().indexOf(all.at(-1)!)
    const { folded } = store.get()
    let at = last + 1
    while (folded[ids()[at] ?? ''] === ids()[last]) at++
    return at
  }

  const insertBeside = (side: 'above' | 'below', kind: CellKind = 'code') =>
    void insert(beside(side), kind, '', 'command')

  /** Adds a cell with this code below what is selected. */
  const insertCode = (source: string) => void insert(beside('below'), 'code', source, 'command')

  /** Adds the cell that promotes a function of another cell. */
  function insertPromotion(below: string, endpoint: string, variable: string) {
    const sources = toCells(document).map(({ source }) => source)
    store.set({ promoting: undefined })
    insert(ids().indexOf(below) + 1, 'code', promotingCell(endpoint, variable, sources))
  }

  /** A folded heading is never without the cells it hides. */
  function withSections(cells: readonly string[]): string[] {
    const { folded } = store.get()
    const wanted = new Set(cells)
    return ids().filter((id) => wanted.has(id) || wanted.has(folded[id] ?? ''))
  }

  function remove(id?: string) {
    const gone = withSections(targets(id))
    if (!editable() || gone.length === 0) return
    const before = ids()
    const at = before.indexOf(gone[0]!)
    deleteCells(document, gone)
    const left = before.slice(at).find((other) => !gone.includes(other)) ?? before[at - 1]
    selectSoon(left)
    const what = gone.length === 1 ? 'Cell' : plural(gone.length, 'cell')
    say(`${what} deleted. Press Z to bring ${gone.length === 1 ? 'it' : 'them'} back.`)
  }

  function undo(which: 'undo' | 'redo' = 'undo') {
    if (!editable()) return
    const before = new Set(ids())
    if (!history[which]()) return say(`There is nothing to ${which}.`)
    const back = ids().filter((id) => !before.has(id))
    if (back.length > 0) selectSoon(back)
  }

  /** Moves cells past the next visible one. */
  function move(id: string | undefined, by: 1 | -1) {
    const moved = withSections(targets(id))
    if (!editable() || moved.length === 0) return
    const { folded } = store.get()
    const others = ids().filter((other) => !moved.includes(other))
    const edge = ids().indexOf(by < 0 ? moved[0]! : moved.at(-1)!)
    let at = others.filter((other) => ids().indexOf(other) < edge).length
    if (at + by < 0 || at + by > others.length) return
    do at += by
    while (at > 0 && at < others.length && others[at]! in folded)
    place(moved, at)
  }

  function place(moved: readonly string[], index: number) {
    const { selected } = store.get()
    moveCells(document, moved, index)
    const focus = selected !== undefined && moved.includes(selected) ? selected : moved[0]!
    selectSoon([focus, ...moved.filter((other) => other !== focus && !(other in store.get().folded))])
  }

  /** Moves cells in front of another one, or to the end. */
  function moveTo(id: string, before: string | undefined) {
    const moved = withSections(targets(id))
    if (!editable() || (before !== undefined && moved.includes(before))) return
    const others = ids().filter((other) => !moved.includes(other))
    const at = before === undefined ? others.length : others.indexOf(before)
    const now = ids().indexOf(moved[0]!)
    const isInOnePiece = ids().indexOf(moved.at(-1)!) - now === moved.length - 1
    if (!isInOnePiece || now !== at) place(moved, at)
  }

  function split(id: string) {
    const offset = editors.get(id)?.offset()
    if (!editable() || offset === undefined) return
    const below = splitCell(document, id, offset)
    if (below) selectSoon(below, 'edit')
  }

  function mergeBelow(id: string) {
    if (!editable() || ids().at(-1) === id) return
    const next = ids()[ids().indexOf(id) + 1]!
    unfold(next)
    mergeCellBelow(document, id)
    selectSoon(id)
  }

  /** Joins the selected cells, or the one with that below it. */
  function merge() {
    const all = chosen()
    if (all.length === 1) return mergeBelow(all[0]!)
    if (!editable() || all.length === 0) return
    mergeCells(document, all)
    selectSoon(all[0])
  }

  function setKind(id: string | undefined, kind: CellKind) {
    if (!editable()) return
    document.transact(() => {
      for (const target of targets(id)) setCellKind(document, target, kind)
    })
  }

  /** Makes headings of the selected cells' first lines. */
  function setHeading(level: number) {
    if (!editable()) return
    document.transact(() => {
      for (const id of chosen()) {
        const source = cellSource(cell(id)!)
        const mark = headingMark(source.toString())
        source.delete(0, mark)
        source.insert(0, `${'#'.repeat(level)} `)
        setCellKind(document, id, 'markdown')
      }
    })
  }

  const copied = (id?: string): CopiedCell[] =>
    withSections(targets(id)).map((target) => {
      const { id: _, ...content } = toCell(target, cell(target)!)
      return content
    })

  function paste(side: 'above' | 'below', cells = keptCells()) {
    if (!cells || cells.length === 0) return say('No cell has been cut or copied yet.')
    if (editable()) selectSoon(insertCells(document, beside(side), cells))
  }

  /** Adds cells below all others, and shows the first. */
  function addAtEnd(cells: CopiedCell[]) {
    if (editable()) selectSoon(insertCells(document, ids().length, cells))
  }

  function look(cells: readonly string[], name: Look, value: boolean) {
    // An origin of its own: how a cell is shown is nothing that Z takes back.
    document.transact(() => {
      for (const id of cells) setCellAttribute(document, id, name, value || undefined)
    }, 'looks')
  }

  /** Hides a part of cells, or shows it again where all of them hide it. */
  function toggleLook(name: 'codeHidden' | 'outputHidden', cells: readonly string[] = chosen()) {
    if (!editable()) return
    const { attributes, kinds } = store.get()
    const running = cells.filter((id) => kinds[id] !== 'markdown')
    look(running, name, !running.every((id) => attributes[id]?.[name]))
  }

  /** Folds or opens the sections below headings. */
  function fold(folded: boolean, cells: readonly string[] = chosen()) {
    if (!editable()) return
    const headings = new Set(store.get().headings.map(({ cellId }) => cellId))
    look(
      cells.filter((id) => headings.has(id)),
      'sectionFolded',
      folded,
    )
    const { selected, folded: hidden } = store.get()
    if (selected !== undefined && hidden[selected]) select(hidden[selected])
  }

  function setAttribute<K extends keyof CellAttributes>(id: string, name: K, value: CellAttributes[K]) {
    if (editable()) setCellAttribute(document, id, name, value)
  }

  return {
    insert,
    insertBeside,
    insertCode,
    insertPromotion,
    remove,
    undo,
    redo: () => undo('redo'),
    move,
    moveTo,
    split,
    mergeBelow,
    merge,
    setKind,
    setHeading,
    copied,
    copy: (id?: string) => keepCells(copied(id)),
    cut(id?: string) {
      keepCells(copied(id))
      remove(id)
    },
    keep: keepCells,
    paste,
    addAtEnd,
    toggleLook,
    fold,
    /** Says whether a cell runs only when a person runs it. */
    setManual: (id: string, manual: boolean) => setAttribute(id, 'manual', manual),
    /** Names the variable of an SQL cell's table; with no name the table is only shown. */
    setResult: (id: string, name: string) => setAttribute(id, 'result', name || undefined),
  }
}
