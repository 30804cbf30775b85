import { useCommands } from '../commands'
import { type KeyBinding, useKeys } from '../keys'
import type { Actions } from './actions'
import { useSession, useView } from './context'
import { modes } from './graph/modes'
import { panels } from './panels/panels'

/** Keys of command mode, those of the editor for the sheet, and the palette's commands. */
export function KeysOfNotebook({ actions }: { actions: Actions }) {
  const { store } = useSession()
  const editing = useView((view) => view.mode === 'edit')
  const onSelected = (act: (id: string) => void) => () => {
    const { selected } = store.get()
    if (selected !== undefined) act(selected)
  }
  const bindings: KeyBinding[] = [
    {
      keys: 'enter',
      label: 'Edit the cell',
      run: () => {
        const { selected, ids } = store.get()
        const id = selected ?? ids[0]
        if (id !== undefined) actions.select(id, 'edit')
      },
    },
    {
      keys: 'shift+enter',
      label: 'Run, go to the next',
      run: onSelected((id) => actions.runCell(id, 'next')),
    },
    { keys: 'mod+enter', label: 'Run', run: onSelected((id) => actions.runCell(id)) },
    { keys: 'alt+enter', label: 'Run, insert below', run: onSelected((id) => actions.runCell(id, 'insert')) },
    { keys: 'k', label: 'Previous cell', run: () => actions.step(-1) },
    { keys: 'j', label: 'Next cell', run: () => actions.step(1) },
    { keys: 'up', label: 'Previous cell', run: () => actions.step(-1) },
    { keys: 'down', label: 'Next cell', run: () => actions.step(1) },
    { keys: 'a', label: 'Insert above', run: () => actions.insertBeside('above') },
    { keys: 'b', label: 'Insert below', run: () => actions.insertBeside('below') },
    { keys: 'alt+up', label: 'Move up', run: onSelected((id) => actions.move(id, -1)) },
    { keys: 'alt+down', label: 'Move down', run: onSelected((id) => actions.move(id, 1)) },
    { keys: 'm', label: 'Turn into Markdown', run: onSelected((id) => actions.setKind(id, 'markdown')) },
    { keys: 'y', label: 'Turn into code', run: onSelected((id) => actions.setKind(id, 'code')) },
    { keys: 'shift+m', label: 'Merge with the cell below', run: onSelected(actions.mergeBelow) },
    {
      keys: 'x',
      label: 'Cut',
      run: onSelected((id) => {
        actions.copy(id)
        actions.remove(id)
      }),
    },
    { keys: 'c', label: 'Copy', run: onSelected(actions.copy) },
    { keys: 'v', label: 'Paste below', run: actions.paste },
    { keys: 'd d', label: 'Delete', run: onSelected(actions.remove) },
    { keys: 'z', label: 'Undo what was done to cells', run: actions.undo },
    { keys: 'i i', label: 'Stop what runs', run: () => void actions.interrupt() },
    { keys: '0 0', label: 'Restart the kernel', run: () => void actions.restart() },
    { keys: 'shift+r', label: 'Run what is stale', run: () => void actions.runStale() },
    { keys: 'p', label: 'Promote', run: onSelected(actions.promote) },
  ]
  useKeys('Cells', editing ? bindings.map(({ keys, label }) => ({ keys, label })) : bindings)
  useKeys('In the editor', inEditor)
  useCommands('Notebook', [
    { id: 'run-all', label: 'Run all cells', run: () => void actions.runAll() },
    { id: 'run-stale', label: 'Run stale cells', keys: 'shift+r', run: () => void actions.runStale() },
    {
      id: 'manual',
      label: 'Run the selected cell only by hand, or with the others',
      run: onSelected((id) => actions.setManual(id, store.get().attributes[id]?.manual !== true)),
    },
    ...modes.map(({ value, label }) => ({
      id: `reactivity-${value}`,
      label: `Reactivity: ${label.toLowerCase()}`,
      run: () => actions.setReactivity(value),
    })),
    {
      id: 'run-again',
      label: 'Restart the kernel and run all cells',
      run: () => void actions.restart(true),
    },
    { id: 'stop', label: 'Stop what runs', keys: 'i i', run: () => void actions.interrupt() },
    { id: 'restart', label: 'Restart the kernel', keys: '0 0', run: () => void actions.restart() },
    { id: 'promote', label: 'Promote the selected cell', keys: 'p', run: onSelected(actions.promote) },
    ...[...panels.left, ...panels.right].map(({ id, label }) => ({
      id: `panel-${id}`,
      label: `Panel: ${label}`,
      run: () => actions.togglePanel(id),
    })),
  ])
  return null
}

// Monaco handles these itself; here they stand for the sheet.
const inEditor: KeyBinding[] = [
  { keys: 'esc', label: 'Leave the editor' },
  { keys: 'shift+enter', label: 'Run, go to the next' },
  { keys: 'mod+enter', label: 'Run' },
  { keys: 'alt+enter', label: 'Run, insert below' },
  { keys: 'mod+shift+-', label: 'Split the cell here' },
  { keys: 'mod+z', label: 'Undo your own typing' },
]
