import * as Y from 'yjs'
import {
  type Cell,
  type CellKind,
  cellKind,
  cellSource,
  deleteCell,
  insertCell,
  mergeCellBelow,
  moveCell,
  setCellAttribute,
  setCellKind,
  sharedCells,
  splitCell,
  toCells,
} from '../../../lib/notebook/document'
import { type NotebookSettings, setSetting } from '../../../lib/notebook/settings'
import type { ClientMessages } from '../../../lib/protocol/client'
import { say, sayFailure } from '../notices'
import { keepPanels, narrowest, type OpenPanels, widest } from './panels/open-panels'
import { type Side, sideOf } from './panels/panels'
import { promotingCell } from './promoting-cell'
import type { NotebookSession } from './session'
import { mayEdit } from './view'

/** What a person can do to the open notebook; keys, buttons and menus all end here. */
export type Actions = ReturnType<typeof createActions>

let clipboard: Pick<Cell, 'kind' | 'source'> | undefined

export function createActions(session: NotebookSession) {
  const { store, document, history, editors } = session
  const ids = () => store.get().ids
  const cell = (id: string) => sharedCells(document).get(id)
  const editable = () => mayEdit(store.get())

  function select(id: string | undefined, mode: 'command' | 'edit' = 'command') {
    store.set({ selected: id, mode })
    if (id === undefined) return
    const card = window.document.querySelector<HTMLElement>(`[data-cell-id="${id}"]`)
    if (mode === 'edit') editors.get(id)?.focus()
    else card?.focus({ preventScroll: true })
    card?.scrollIntoView({ block: 'nearest' })
  }

  /** Selects a cell that already has the focus or was pressed. */
  function note(id: string) {
    const { selected, mode } = store.get()
    if (selected !== id || mode !== 'command') store.set({ selected: id, mode: 'command' })
  }

  /** Selects after React has drawn the cell. */
  const selectSoon = (id: string | undefined, mode: 'command' | 'edit' = 'command') => {
    store.set({ selected: id, mode })
    requestAnimationFrame(() => select(id, mode))
  }

  function step(by: 1 | -1) {
    const { selected } = store.get()
    const at = selected === undefined ? (by > 0 ? -1 : ids().length) : ids().indexOf(selected)
    const next = ids()[at + by]
    if (next !== undefined) select(next)
  }

  /** From a cell's editor into the one above or below. */
  function stepInto(id: string, by: 1 | -1) {
    const next = ids()[ids().indexOf(id) + by]
    if (next === undefined) return
    select(next, store.get().kinds[next] === 'code' ? 'edit' : 'command')
  }

  function insert(index: number, kind: CellKind = 'code', source = '', mode: 'command' | 'edit' = 'edit') {
    if (!editable()) return
    const id = insertCell(document, index, kind, source)
    selectSoon(id, mode)
    return id
  }

  const insertBeside = (side: 'above' | 'below') => {
    const { selected } = store.get()
    const at = selected === undefined ? ids().length - 1 : ids().indexOf(selected)
    insert(side === 'above' ? Math.max(at, 0) : at + 1, 'code', '', 'command')
  }

  /** Adds the cell that promotes a function of another cell. */
  function insertPromotion(below: string, endpoint: string, variable: string) {
    const sources = toCells(document).map(({ source }) => source)
    store.set({ promoting: undefined })
    insert(ids().indexOf(below) + 1, 'code', promotingCell(endpoint, variable, sources))
  }

  function remove(id: string) {
    if (!editable()) return
    const at = ids().indexOf(id)
    deleteCell(document, id)
    const next = ids()[at] ?? ids()[at - 1]
    selectSoon(next)
    say('Cell deleted. Press Z to bring it back.')
  }

  function undo() {
    if (!editable()) return
    const before = new Set(ids())
    if (!history.undo()) return say('There is nothing to undo.')
    const back = ids().find((id) => !before.has(id))
    if (back) selectSoon(back)
  }

  function move(id: string, by: 1 | -1) {
    const at = ids().indexOf(id) + by
    if (!editable() || at < 0 || at >= ids().length) return
    moveCell(document, id, at)
    selectSoon(id)
  }

  function split(id: string) {
    const offset = editors.get(id)?.offset()
    if (!editable() || offset === undefined) return
    const below = splitCell(document, id, offset)
    if (below) selectSoon(below, 'edit')
  }

  function mergeBelow(id: string) {
    if (!editable() || ids().at(-1) === id) return
    mergeCellBelow(document, id)
    selectSoon(id)
  }

  function setKind(id: string, kind: CellKind) {
    if (editable()) setCellKind(document, id, kind)
  }

  function copy(id: string) {
    const shared = cell(id)
    if (!shared) return
    clipboard = { kind: cellKind(shared), source: cellSource(shared).toString() }
  }

  function paste() {
    if (!clipboard) return say('No cell has been cut or copied yet.')
    const { selected } = store.get()
    const at = selected === undefined ? ids().length : ids().indexOf(selected) + 1
    insert(at, clipboard.kind, clipboard.source, 'command')
  }

  /** Asks for executions; Markdown cells and empty ones are passed over. */
  async function run(cellIds: readonly string[], plan: ClientMessages['kernel.execute']['plan'] = 'cells') {
    const code = cellIds.filter((id) => {
      const shared = cell(id)
      return shared && cellKind(shared) === 'code' && cellSource(shared).toString().trim() !== ''
    })
    if (!editable() || (code.length === 0 && plan !== 'stale')) return
    store.set({
      blocked: without(store.get().blocked, code),
      asked: { ...store.get().asked, ...Object.fromEntries(code.map((id) => [id, true as const])) },
    })
    try {
      const stateVector = Y.encodeStateVector(document)
      const message = { cellIds: [...code], plan, stateVector }
      const { blocked } = await session.request('kernel.execute', message, 60_000)
      if (blocked.length === 0) return
      const by = Object.fromEntries(blocked.map(({ cellId, by }) => [cellId, by]))
      store.set({
        blocked: { ...store.get().blocked, ...by },
        asked: without(store.get().asked, Object.keys(by)),
      })
    } catch (error) {
      sayFailure('The cell was not run', error)
      store.set({ asked: without(store.get().asked, code) })
    }
  }

  /** Says whether a cell runs only when a person runs it. */
  function setManual(id: string, manual: boolean) {
    if (editable()) setCellAttribute(document, id, 'manual', manual)
  }

  function setReactivity(reactivity: NotebookSettings['reactivity']) {
    if (editable()) setSetting(document, 'reactivity', reactivity)
  }

  /** Runs or renders a cell, then goes on: to the next cell, nowhere, or to a new cell below. */
  function runCell(id: string, then: 'next' | 'stay' | 'insert' = 'stay') {
    void run([id])
    const at = ids().indexOf(id)
    if (then === 'insert') insert(at + 1)
    else if (then === 'stay') select(id)
    else if (at + 1 < ids().length) select(ids()[at + 1])
    else if (editable()) insert(at + 1)
    else select(id)
  }

  /** Asks something of the kernel and says it when that fails. */
  async function kernel(name: 'kernel.restart' | 'kernel.stop', failure: string) {
    try {
      await session.request(name, {}, 30_000)
    } catch (error) {
      sayFailure(failure, error)
    }
  }

  async function interrupt() {
    if (store.get().stopping) return
    store.set({ stopping: true })
    try {
      await session.request('kernel.interrupt', {}, 30_000)
    } catch (error) {
      sayFailure('The kernel was not stopped', error)
    }
    store.set({ stopping: false })
  }

  async function cancel(executionId: string) {
    try {
      await session.request('kernel.cancel', { executionId })
    } catch (error) {
      sayFailure('The cell is still waiting', error)
    }
  }

  async function restart(andRunAll = false) {
    await kernel('kernel.restart', 'The kernel was not restarted')
    if (andRunAll) await run(ids())
    else if (store.get().kernel.kernel.state !== 'dead') say('The kernel was restarted. Variables are gone.')
  }

  async function rename(title: ClientMessages['notebook.rename']['title']) {
    const before = store.get().title
    store.set({ title })
    try {
      await session.request('notebook.rename', { title })
    } catch (error) {
      store.set({ title: before })
      sayFailure('The notebook keeps its name', error)
    }
  }

  /** Goes to a cell that a link names, its beginning in sight. */
  function show(id: string) {
    if (!cell(id)) return say('That cell has been deleted.')
    select(id)
    const toTop = () =>
      window.document.querySelector(`[data-cell-id="${id}"]`)?.scrollIntoView({ block: 'start' })
    // What stands above takes its height when it comes near the screen.
    toTop()
    setTimeout(toTop, 250)
  }

  /** Goes to a place of a person's own code, as an error names it. */
  function goTo(id: string, line: number, column: number) {
    if (!cell(id)) return say('That cell has been deleted.')
    select(id)
    const reveal = (tries: number) => {
      const editor = editors.get(id)
      if (editor) editor.reveal(line, column)
      else if (tries > 0) requestAnimationFrame(() => reveal(tries - 1))
    }
    reveal(120)
  }

  /** Opens a panel beside the cells, or closes it. */
  function togglePanel(id: string) {
    const side = sideOf(id)
    const { panels } = store.get()
    const open = panels[side].open === id ? undefined : id
    setPanels({ ...panels, [side]: { ...panels[side], open } })
  }

  function resizePanel(side: Side, width: number) {
    const { panels } = store.get()
    const kept = Math.round(Math.min(Math.max(width, narrowest), widest))
    setPanels({ ...panels, [side]: { ...panels[side], width: kept } })
  }

  function setPanels(panels: OpenPanels) {
    store.set({ panels })
    keepPanels(panels)
  }

  return {
    select,
    note,
    step,
    stepInto,
    insert,
    insertBeside,
    insertPromotion,
    remove,
    undo,
    move,
    split,
    mergeBelow,
    setKind,
    copy,
    paste,
    run,
    runCell,
    runAll: () => run(ids()),
    runStale: () => run([], 'stale'),
    setManual,
    setReactivity,
    interrupt,
    cancel,
    restart,
    stop: () => kernel('kernel.stop', 'The kernel was not shut down'),
    rename,
    show,
    goTo,
    togglePanel,
    resizePanel,
    promote: (id: string | undefined) => store.set({ promoting: id }),
  }
}

function without<T>(record: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  const left = { ...record }
  for (const id of ids) delete left[id]
  return left
}
