import type { Diagnostic } from 'vscode-languageserver-protocol'
import type { Problem } from '../../lib/protocol/language'
import { fromModule } from './module'

/** TypeScript's numbers of what is said of an import where a person wrote none. */
const assignsImport = 2632
const assignsConstant = 2588

/**
 * What the server says of a cell's module, as it concerns the cell: nothing of the line of imports, and no complaint
 * that another cell's variable is assigned. `isAssignable`: whether the name belongs to such a variable.
 */
export function toProblems(
  diagnostics: readonly Diagnostic[],
  isAssignable: (name: string) => boolean,
): Problem[] {
  return diagnostics.flatMap((diagnostic): Problem[] => {
    const range = fromModule(diagnostic.range)
    if (!range) return []
    const { code, tags = [] } = diagnostic
    const message = typeof diagnostic.message === 'string' ? diagnostic.message : diagnostic.message.value
    const marks = {
      ...(tags.includes(1) && { unnecessary: true }),
      ...(tags.includes(2) && { deprecated: true }),
    }
    if (code === assignsImport) {
      const name = /'([^']+)'/.exec(message)?.[1] ?? ''
      if (isAssignable(name)) return []
      const said = `Cannot assign to '${name}' because another cell defines it as a constant.`
      return [{ range, severity: 'error', code: assignsConstant, message: said }]
    }
    return [
      {
        range,
        severity: severities[diagnostic.severity ?? 1],
        code: Number(code),
        message: withoutPlaces(message),
        ...marks,
      },
    ]
  })
}

const severities = { 1: 'error', 2: 'warning', 3: 'hint', 4: 'hint' } as const

/** Types name the module they come from where no shorter name is in sight: our files' names say nothing to a person. */
export const withoutPlaces = (text: string) =>
  text
    .replace(/import\("(?:[^"]*\/)?cell-[0-9a-z]+"\)\./g, '')
    .replace(/(["'])(?:\.\/|\/[^"']*\/)cell-[0-9a-z]+\1/g, 'another cell')
    .replace(/import\("[^"]*\/node_modules\/([^"]+)"\)/g, 'import("$1")')
