import { transformSync } from 'oxc-transform'
import { syntaxErrorAt } from './errors'
import { parse } from './syntax'

/** Where oxc's helper modules live: what it imports from here is not an import of the person's. */
export const helpers = '@oxc-project/runtime/helpers/'

/** TypeScript to JavaScript: types go; enums, namespaces, `using` and legacy decorators are lowered. `map` leads back. */
export function stripTypes(cellId: string, source: string) {
  const text = withoutImportEquals(cellId, source)
  const out = transformSync(`cell-${cellId}.ts`, text, {
    lang: 'ts',
    sourceType: 'module',
    target: 'es2022',
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
    decorator: { legacy: true },
  })
  const error = out.errors.find(({ severity }) => severity === 'Error')
  if (error)
    throw syntaxErrorAt(
      cellId,
      source,
      error.labels?.[0]?.start ?? 0,
      error.message,
      error.codeframe ?? undefined,
    )
  return { code: out.code, map: out.map }
}

/** `import x = require('y')` as `const x = require('y')`, of the same length: every position stays. */
function withoutImportEquals(cellId: string, source: string) {
  if (!/\bimport\s+[^'"(]*=\s*require\b/.test(source)) return source
  let text = source
  for (const statement of parse(cellId, source, 'ts').body) {
    if (statement.type !== 'TSImportEqualsDeclaration' || statement.importKind === 'type') continue
    if (statement.moduleReference.type !== 'TSExternalModuleReference') continue
    text = `${text.slice(0, statement.start)}const ${text.slice(statement.start + 6)}`
  }
  return text
}
