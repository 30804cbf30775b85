import { openKeysSheet } from '../keys-sheet'
import type { Actions } from './actions'
import { modes } from './graph/modes'
import { panels } from './panels/panels'
import type { Store } from './store'
import type { View } from './view'

/** Something that can be done on the page: a line of the command palette, and keys of command mode where it has some. */
export type Deed = {
  id: string
  label: string
  run: () => void
  keys?: string[]
  /** Keys also while a text is written. */
  everywhere?: string[]
  /** Further words it is found by. */
  keywords?: string[]
}
export type DeedSection = { section: string; deeds: Deed[] }

/** All deeds of a notebook's page, by section. Keys are Jupyter's wherever it has some. */
export function deedsOf(actions: Actions, store: Store<View>): DeedSection[] {
  const onSelected = (act: (id: string) => void) => () => {
    const { selected } = store.get()
    if (selected !== undefined) act(selected)
  }
  return [
    {
      section: 'Run',
      deeds: [
        {
          id: 'run-next',
          label: 'Run, go to the next',
          keys: ['shift+enter'],
          run: () => actions.runChosen('next'),
        },
        { id: 'run', label: 'Run', keys: ['mod+enter'], run: () => actions.runChosen('stay') },
        {
          id: 'run-insert',
          label: 'Run, insert below',
          keys: ['alt+enter'],
          run: () => actions.runChosen('insert'),
        },
        { id: 'run-all', label: 'Run all cells', run: () => void actions.runAll() },
        { id: 'run-above', label: 'Run all cells above', run: onSelected((id) => void actions.runAbove(id)) },
        {
          id: 'run-below',
          label: 'Run the cell and all below',
          run: onSelected((id) => void actions.runBelow(id)),
        },
        {
          id: 'run-stale',
          label: 'Run what is stale',
          keys: ['shift+r'],
          run: () => void actions.runStale(),
        },
        {
          id: 'stop',
          label: 'Stop what runs',
          keys: ['i i'],
          keywords: ['interrupt'],
          run: () => void actions.interrupt(),
        },
        { id: 'restart', label: 'Restart the kernel', keys: ['0 0'], run: () => void actions.restart() },
        {
          id: 'run-again',
          label: 'Restart the kernel and run all cells',
          run: () => void actions.restart(true),
        },
        { id: 'shutdown', label: 'Shut the kernel down', run: () => void actions.stop() },
        {
          id: 'manual',
          label: 'Run the cell only by hand, or with the others',
          run: onSelected((id) => actions.setManual(id, store.get().attributes[id]?.manual !== true)),
        },
        ...modes.map(({ value, label }) => ({
          id: `reactivity-${value}`,
          label: `Reactivity: ${label.toLowerCase()}`,
          run: () => actions.setReactivity(value),
        })),
        {
          id: 'promote',
          label: 'Promote',
          keys: ['p'],
          keywords: ['endpoint'],
          run: onSelected(actions.promote),
        },
      ],
    },
    {
      section: 'Select',
      deeds: [
        {
          id: 'edit',
          label: 'Edit the cell',
          keys: ['enter'],
          run() {
            const { selected, ids } = store.get()
            const id = selected ?? ids[0]
            if (id !== undefined) actions.select(id, 'edit')
          },
        },
        {
          id: 'find',
          label: 'Find and replace',
          keys: ['f'],
          everywhere: ['mod+f', 'mod+shift+f'],
          keywords: ['search'],
          run: actions.openFind,
        },
        { id: 'previous', label: 'Previous cell', keys: ['k', 'up'], run: () => actions.step(-1) },
        { id: 'next', label: 'Next cell', keys: ['j', 'down'], run: () => actions.step(1) },
        {
          id: 'extend-up',
          label: 'Select the one above, too',
          keys: ['shift+k', 'shift+up'],
          run: () => actions.extend(-1),
        },
        {
          id: 'extend-down',
          label: 'Select the one below, too',
          keys: ['shift+j', 'shift+down'],
          run: () => actions.extend(1),
        },
        { id: 'select-all', label: 'Select all cells', keys: ['mod+a'], run: actions.selectAll },
        { id: 'select-one', label: 'Select one cell again', keys: ['esc'], run: actions.selectOne },
        { id: 'scroll-down', label: 'Scroll down', keys: ['space'], run: () => actions.scrollBy(1) },
        { id: 'scroll-up', label: 'Scroll up', keys: ['shift+space'], run: () => actions.scrollBy(-1) },
      ],
    },
    {
      section: 'Cells',
      deeds: [
        { id: 'insert-above', label: 'Insert above', keys: ['a'], run: () => actions.insertBeside('above') },
        { id: 'insert-below', label: 'Insert below', keys: ['b'], run: () => actions.insertBeside('below') },
        { id: 'cut', label: 'Cut', keys: ['x'], run: () => actions.cut() },
        { id: 'copy', label: 'Copy', keys: ['c'], run: () => actions.copy() },
        { id: 'paste-below', label: 'Paste below', keys: ['v'], run: () => actions.paste('below') },
        { id: 'paste-above', label: 'Paste above', keys: ['shift+v'], run: () => actions.paste('above') },
        { id: 'delete', label: 'Delete', keys: ['d d'], run: () => actions.remove() },
        { id: 'undo', label: 'Undo what was done to cells', keys: ['z'], run: () => actions.undo() },
        {
          id: 'redo',
          label: 'Do it again',
          keys: ['shift+z'],
          keywords: ['redo'],
          run: () => actions.redo(),
        },
        {
          id: 'move-up',
          label: 'Move up',
          keys: ['alt+up', 'mod+shift+up'],
          run: () => actions.move(undefined, -1),
        },
        {
          id: 'move-down',
          label: 'Move down',
          keys: ['alt+down', 'mod+shift+down'],
          run: () => actions.move(undefined, 1),
        },
        {
          id: 'merge',
          label: 'Merge the selected, or with the cell below',
          keys: ['shift+m'],
          run: actions.merge,
        },
        {
          id: 'markdown',
          label: 'Turn into Markdown',
          keys: ['m'],
          run: () => actions.setKind(undefined, 'markdown'),
        },
        { id: 'code', label: 'Turn into code', keys: ['y'], run: () => actions.setKind(undefined, 'code') },
        { id: 'sql', label: 'Turn into SQL', keys: ['q'], run: () => actions.setKind(undefined, 'sql') },
        {
          id: 'insert-sql',
          label: 'Insert SQL below',
          keys: ['shift+q'],
          keywords: ['query', 'duckdb', 'postgresql'],
          run: () => actions.insertBeside('below', 'sql'),
        },
        ...[1, 2, 3, 4, 5, 6].map((level) => ({
          id: `heading-${level}`,
          label: `Turn into a heading ${level}`,
          keys: [String(level)],
          run: () => actions.setHeading(level),
        })),
      ],
    },
    {
      section: 'Look',
      deeds: [
        {
          id: 'output',
          label: 'Hide or show the output',
          keys: ['o'],
          run: () => actions.toggleLook('outputHidden'),
        },
        {
          id: 'clear',
          label: 'Clear the output',
          run: () => void actions.clearOutputs(),
        },
        {
          id: 'clear-all',
          label: 'Clear all outputs',
          run: () => void actions.clearOutputs(store.get().ids),
        },
        {
          id: 'code-hidden',
          label: 'Hide or show the code',
          keys: ['shift+c'],
          run: () => actions.toggleLook('codeHidden'),
        },
        {
          id: 'outputs',
          label: 'Hide or show all outputs',
          keys: ['shift+o'],
          run: () => actions.toggleLook('outputHidden', store.get().ids),
        },
        {
          id: 'codes',
          label: 'Hide or show all code',
          run: () => actions.toggleLook('codeHidden', store.get().ids),
        },
        { id: 'fold', label: 'Fold the section', keys: ['left'], run: () => actions.fold(true) },
        { id: 'unfold', label: 'Open the section', keys: ['right'], run: () => actions.fold(false) },
        { id: 'fold-all', label: 'Fold all sections', run: () => actions.fold(true, store.get().ids) },
        { id: 'unfold-all', label: 'Open all sections', run: () => actions.fold(false, store.get().ids) },
        { id: 'numbers', label: 'Line numbers of the cell', keys: ['l'], run: actions.toggleLineNumbers },
        {
          id: 'all-numbers',
          label: 'Line numbers of all cells',
          keys: ['shift+l'],
          run: actions.toggleAllLineNumbers,
        },
        { id: 'wide', label: 'Cells as wide as the window', keys: ['w'], run: actions.toggleWide },
        {
          id: 'follow',
          label: 'Follow the cell that runs, or not',
          keywords: ['scroll'],
          run: actions.toggleFollow,
        },
        {
          id: 'to-running',
          label: 'Go to the running cell',
          run() {
            const { ids, kernel } = store.get()
            const running = ids.find((id) => kernel.cells[id]?.state === 'running')
            if (running !== undefined) actions.show(running)
          },
        },
        ...[...panels.left, ...panels.right].map(({ id, label }) => ({
          id: `panel-${id}`,
          label: `Panel: ${label}`,
          run: () => actions.togglePanel(id),
        })),
        {
          id: 'keys',
          label: 'Show the keys',
          keys: ['h'],
          keywords: ['help', 'shortcuts'],
          run: openKeysSheet,
        },
      ],
    },
  ]
}
