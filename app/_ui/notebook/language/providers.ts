import { languages } from 'monaco-editor/editor'
import { fixes, formatting, renames } from './changes'
import { completions } from './completions'
import { definitions } from './definitions'
import { hovers, signatures } from './hints'

// Monaco's own TypeScript service is not loaded at all (`monaco.ts` takes the grammar alone): these are the only
// answers.
let registered = false

/** Makes all TypeScript models of cells type-aware. Once for the page. */
export function registerProviders() {
  if (registered) return
  registered = true
  languages.registerCompletionItemProvider('typescript', completions)
  languages.registerSignatureHelpProvider('typescript', signatures)
  languages.registerHoverProvider('typescript', hovers)
  languages.registerDefinitionProvider('typescript', definitions)
  languages.registerRenameProvider('typescript', renames)
  languages.registerCodeActionProvider('typescript', fixes, { providedCodeActionKinds: ['quickfix'] })
  languages.registerDocumentFormattingEditProvider('typescript', formatting)
}
