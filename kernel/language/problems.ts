import type { Diagnostic } from 'vscode-languageserver-protocol'
import type { Problem } from '../../lib/protocol/language'
import { fromModule } from './module'

/** TypeScript's numbers of what is said of an import where a person wrote none. */
const assignsImport = 2632
const assignsConstant = 2588
/** Names that nothing defines: a cell may come to define them, so they warn. */
const unknownNames = new Set([2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 18004])

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
    const unknown = unknownNames.has(Number(code))
    return [
      {
        range,
        severity: unknown ? 'warning' : severities[diagnostic.severity ?? 1],
        code: Number(code),
        message: withoutPlaces(unknown ? withoutAdvice(message) : message),
        ...marks,
      },
    ]
  })
}

const severities = { 1: 'error', 2: 'warning', 3: 'hint', 4: 'hint' } as const

/** TypeScript advises to change its configuration, which a notebook has none of. */
const withoutAdvice = (message: string) => message.replace(/ (Do you need to|Try) .*$/s, '')

/** Types name the module they come from where no shorter name is in sight: too long to read, and our files' names. */
export const withoutPlaces = (text: string) =>
  text
    .replace(/(?:typeof )?import\("[^"]+"\)\./g, '')
    .replace(/(["'])(?:\.\/|\/[^"']*\/)cell-[0-9a-z]+\1/g, 'another cell')
