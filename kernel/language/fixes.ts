import type { CodeAction, Command } from 'vscode-languageserver-protocol'
import type { Problem, QuickFix } from '../../lib/protocol/language'
import { editsOfCells } from './edits'

/** The packages that notebooks are about, by the names that everybody gives them. */
const customary: Record<string, string> = {
  aq: "import * as aq from 'arquero'",
  Plot: "import * as Plot from '@observablehq/plot'",
  tf: "import * as tf from '@tensorflow/tfjs-node'",
  ...Object.fromEntries(
    ['dataset', 'display', 'input', 'progress', 'promote'].map((name) => [
      name,
      `import { ${name} } from 'cellar'`,
    ]),
  ),
}

const start = { line: 0, character: 0 }

/** What can be done about a problem without asking the server: a misspelt name, an import that everybody writes. */
export function ownFixes(cellId: string, { message, range }: Problem): QuickFix[] {
  const fixes: QuickFix[] = []
  const meant = /Did you mean '([^']+)'\?/.exec(message)?.[1]
  if (meant)
    fixes.push({
      title: `Change the spelling to '${meant}'`,
      preferred: true,
      edits: [{ cellId, edits: [{ range, newText: meant }] }],
    })
  const missing = /^Cannot find name '([^']+)'/.exec(message)?.[1]
  const line = missing !== undefined && Object.hasOwn(customary, missing) ? customary[missing] : undefined
  if (line)
    fixes.push({
      title: `Add ${line}`,
      preferred: !meant,
      edits: [{ cellId, edits: [{ range: { start, end: start }, newText: `${line}\n` }] }],
    })
  return fixes
}

/** The server's fixes, without those that change nothing here. */
export const serverFixes = (answer: (CodeAction | Command)[] | null): QuickFix[] =>
  (answer ?? []).flatMap((action) => {
    const edits = 'edit' in action ? editsOfCells(action.edit) : []
    if (edits.length === 0) return []
    const { title, isPreferred = false } = action as CodeAction
    return [{ title, preferred: isPreferred, edits }]
  })
