import { createEditing } from './actions/edit'
import { createLooks } from './actions/looks'
import { createRunning } from './actions/run'
import { createScope } from './actions/scope'
import { createSelecting } from './actions/select'
import { createFinding } from './find/finding'
import { createLanguageActions } from './language/actions'
import type { NotebookSession } from './session'

/** What a person can do to the open notebook; keys, buttons and menus all end here. */
export type Actions = ReturnType<typeof createActions>

export function createActions(session: NotebookSession) {
  const scope = createScope(session)
  const selecting = createSelecting(scope)
  const editing = createEditing(scope, selecting)
  const running = createRunning(scope, selecting, editing)
  const finding = createFinding(scope, selecting)
  const language = createLanguageActions(session, selecting.goTo)
  return { ...finding, ...selecting, ...editing, ...running, ...createLooks(scope), ...language }
}
