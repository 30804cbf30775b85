import { setCellAttribute } from '../../../../lib/notebook/document'
import { say } from '../../notices'
import { foldsOver } from '../folds'
import { extendedTo, only, type Selection, several, toggled } from '../selection'
import type { Scope } from './scope'

export type Mode = 'command' | 'edit'
type Modifiers = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }

const cardOf = (id: string) => window.document.querySelector<HTMLElement>(`[data-cell-id="${id}"]`)
const scroller = () => window.document.querySelector<HTMLElement>('[data-scroller]')

/** Which cells are selected, and what is in sight. */
export function createSelecting({ session, store, document, ids, cell, chosen }: Scope) {
  const { editors } = session

  function apply(selection: Selection, mode: Mode) {
    store.set({ ...selection, mode })
    const id = selection.selected
    if (id === undefined) return
    if (mode === 'edit') editors.get(id)?.focus()
    else cardOf(id)?.focus({ preventScroll: true })
    cardOf(id)?.scrollIntoView({ block: 'nearest' })
  }

  const select = (id: string | undefined, mode: Mode = 'command') => apply(only(id), mode)

  /** Selects a cell that already has the focus or was pressed; one of several stays one of them. */
  function note(id: string, mode: Mode = 'command') {
    const view = store.get()
    const isKnown = view.selected === id && view.mode === mode
    if (!isKnown) store.set({ ...only(id), mode })
  }

  /** What a press on a cell selects: it alone, with Shift the range up to it, with Ctrl or ⌘ it as well. */
  function press(id: string, { shiftKey, ctrlKey, metaKey }: Modifiers) {
    if (shiftKey) apply(extendedTo(store.get(), id), 'command')
    else if (ctrlKey || metaKey) apply(toggled(store.get(), id), 'command')
    else select(id)
  }

  /** Selects after React has drawn the cells. */
  function selectSoon(id: string | readonly string[] | undefined, mode: Mode = 'command') {
    const selection = typeof id === 'object' ? several(id) : only(id)
    store.set({ ...selection, mode })
    requestAnimationFrame(() => apply(selection, mode))
  }

  function neighbour(by: 1 | -1) {
    const { selected, folded } = store.get()
    const shown = ids().filter((id) => !(id in folded))
    const at = selected === undefined ? (by > 0 ? -1 : shown.length) : shown.indexOf(selected)
    return shown[at + by]
  }

  function step(by: 1 | -1) {
    const next = neighbour(by)
    if (next !== undefined) select(next)
    else if (store.get().also.size > 0) select(store.get().selected)
  }

  function extend(by: 1 | -1) {
    const next = neighbour(by)
    if (next !== undefined) apply(extendedTo(store.get(), next), 'command')
  }

  /** From a cell's editor into the one above or below. */
  function stepInto(id: string, by: 1 | -1) {
    const { folded, kinds } = store.get()
    const shown = ids().filter((other) => !(other in folded))
    const next = shown[shown.indexOf(id) + by]
    if (next !== undefined) select(next, kinds[next] === 'markdown' ? 'command' : 'edit')
  }

  /** Opens the folded sections that a cell is out of sight in. */
  function unfold(id: string) {
    for (const heading of foldsOver(store.get(), id))
      setCellAttribute(document, heading, 'sectionFolded', undefined)
  }

  /** Goes to a cell that a link names, its beginning in sight. */
  function show(id: string) {
    if (!cell(id)) return say('That cell has been deleted.')
    unfold(id)
    select(id)
    const toTop = () => cardOf(id)?.scrollIntoView({ block: 'start' })
    // What stands above takes its height when it comes near the screen.
    toTop()
    setTimeout(toTop, 250)
  }

  /** Goes to a place of a person's own code, as an error names it. */
  function goTo(id: string, line: number, column: number) {
    if (!cell(id)) return say('That cell has been deleted.')
    unfold(id)
    if (store.get().attributes[id]?.codeHidden) setCellAttribute(document, id, 'codeHidden', undefined)
    select(id)
    const reveal = (tries: number) => {
      const editor = editors.get(id)
      if (editor) editor.reveal(line, column)
      else if (tries > 0) requestAnimationFrame(() => reveal(tries - 1))
    }
    reveal(120)
  }

  return {
    select,
    note,
    press,
    selectSoon,
    step,
    extend,
    stepInto,
    unfold,
    show,
    goTo,
    selectAll: () => ids().length > 0 && apply({ ...several(ids()), anchor: ids()[0] }, 'command'),
    /** Leaves one of several selected cells. */
    selectOne: () => chosen().length > 1 && select(store.get().selected),
    /** Scrolls by most of what is seen. */
    scrollBy(direction: 1 | -1) {
      const area = scroller()
      area?.scrollBy({ top: direction * 0.85 * area.clientHeight })
    },
  }
}
