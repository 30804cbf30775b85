import type { KeyBinding } from '../../keys'
import type { Actions } from '../actions'
import type { DeedSection } from '../deeds'

/** What the types of a notebook add to its keys and commands. */
export const languageDeeds = (actions: Actions): DeedSection => ({
  section: 'Types',
  deeds: [
    { id: 'next-problem', keys: ['f8'], label: 'Go to the next problem', run: () => actions.stepProblem(1) },
    {
      id: 'previous-problem',
      keys: ['shift+f8'],
      label: 'Go to the previous problem',
      run: () => actions.stepProblem(-1),
    },
    { id: 'format', label: 'Format the notebook', run: () => void actions.formatNotebook() },
  ],
})

// Monaco handles these itself; here they stand for the sheet.
export const languageKeys: KeyBinding[] = [
  { keys: 'mod+space', label: 'Complete' },
  { keys: 'mod+shift+space', label: 'What a function takes' },
  { keys: 'f12', label: 'Go to the definition' },
  { keys: 'shift+f12', label: 'Find all references' },
  { keys: 'f2', label: 'Rename in all cells' },
  { keys: 'mod+.', label: 'Quick fixes' },
  { keys: 'shift+alt+f', label: 'Format the cell' },
]
