import type * as Y from 'yjs'

/** What holds for a whole notebook; part of its document, so that every page follows. */
export type NotebookSettings = {
  /** What an edit or a run does to the cells that depend on it: mark them, run them, or nothing. */
  reactivity: 'stale' | 'automatic' | 'off'
  /** Whether a cell with a type error is not run. */
  typeErrorsBlock: boolean
  /** Cells as wide as the window. */
  wide: boolean
}

export const defaultSettings: NotebookSettings = { reactivity: 'stale', typeErrorsBlock: false, wide: false }

export const sharedSettings = (document: Y.Doc) => document.getMap('settings')

export const readSettings = (document: Y.Doc): NotebookSettings => ({
  ...defaultSettings,
  ...(sharedSettings(document).toJSON() as Partial<NotebookSettings>),
})

/** By itself no step of undo, which is for cells; within a larger edit a part of that. */
export function setSetting<K extends keyof NotebookSettings>(
  document: Y.Doc,
  name: K,
  value: NotebookSettings[K],
) {
  document.transact(() => sharedSettings(document).set(name, value), 'settings')
}
