import { type NotebookSettings, setSetting } from '../../../../lib/notebook/settings'
import type { ClientMessages } from '../../../../lib/protocol/client'
import { sayFailure } from '../../notices'
import { keepPanels, narrowest, type OpenPanels, widest } from '../panels/open-panels'
import { type Side, sideOf } from '../panels/panels'
import { keepWish } from '../wishes'
import type { Scope } from './scope'

/** What concerns the page and the notebook as a whole. */
export function createLooks({ session, store, document, editable, chosen }: Scope) {
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

  function set<K extends keyof NotebookSettings>(name: K, value: NotebookSettings[K]) {
    if (editable()) setSetting(document, name, value)
  }

  return {
    togglePanel,
    resizePanel,
    rename,
    setReactivity: (reactivity: NotebookSettings['reactivity']) => set('reactivity', reactivity),
    /** Cells as wide as the window, or a column. */
    toggleWide: () => set('wide', !store.get().settings.wide),
    /** Line numbers of the selected cells. */
    toggleLineNumbers() {
      const { lineNumbers, numbered } = store.get()
      const cells = chosen()
      const on = !cells.every((id) => numbered[id] ?? lineNumbers)
      store.set({ numbered: { ...numbered, ...Object.fromEntries(cells.map((id) => [id, on])) } })
    },
    /** Line numbers of all cells. */
    toggleAllLineNumbers() {
      const lineNumbers = !store.get().lineNumbers
      store.set({ lineNumbers, numbered: {} })
      keepWish('lineNumbers', lineNumbers)
    },
    /** Scrolls to each cell as it begins to run, or not. */
    toggleFollow() {
      const follow = !store.get().follow
      store.set({ follow })
      keepWish('follow', follow)
    },
    promote: (id: string | undefined) => store.set({ promoting: id }),
  }
}
