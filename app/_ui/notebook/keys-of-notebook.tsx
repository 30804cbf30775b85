import { useCommands } from '../commands'
import { type KeyBinding, useKeys } from '../keys'
import type { Actions } from './actions'
import { useSession, useView } from './context'
import { type DeedSection, deedsOf } from './deeds'
import { languageDeeds, languageKeys } from './language/deeds'
import { useClipboard } from './use-clipboard'

/** Keys of command mode, those of the editor for the sheet, and the palette's commands. */
export function KeysOfNotebook({ actions }: { actions: Actions }) {
  const { store } = useSession()
  useClipboard(actions)
  useKeys('In the editor', [...inEditor, ...languageKeys])
  const sections = [...deedsOf(actions, store), languageDeeds(actions)]
  return sections.map((section) => <Section key={section.section} {...section} />)
}

function Section({ section, deeds }: DeedSection) {
  const editing = useView((view) => view.mode === 'edit')
  const bindings = deeds.flatMap(({ keys = [], everywhere = [], label, run }): KeyBinding[] => [
    ...keys.map((one) => ({ keys: one, label, ...(!editing && { run }) })),
    ...everywhere.map((one) => ({ keys: one, label, run, whileTyping: true })),
  ])
  useKeys(section, bindings)
  useCommands(
    section,
    deeds.map(({ keys, everywhere, ...command }) => ({ ...command, keys: keys?.[0] ?? everywhere?.[0] })),
  )
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
