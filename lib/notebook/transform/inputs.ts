import type { Context } from './context'
import type { Node } from './syntax'

/**
 * An input learns which variable it is the value of: `const k = input.slider()` → `… = $K.named("k", input).slider()`.
 * At the top of a cell alone: only there a name is one that other cells use.
 */
export function nameInputs(context: Context) {
  const { program, text } = context
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      const object = id.type === 'Identifier' && init ? inputOf(context, init) : undefined
      if (!object || id.type !== 'Identifier') continue
      text.appendRight(object.start, `$K.named("${id.name}", `)
      text.appendLeft(object.end, ')')
    }
  }
}

/** `input` in `input.slider()` or `cellar.input.slider()`, by the name that it was imported under. */
function inputOf({ program }: Context, value: Node): Node | undefined {
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return
  const { object } = value.callee
  if (object.type === 'MemberExpression')
    return object.property.type === 'Identifier' && object.property.name === 'input' ? object : undefined
  if (object.type !== 'Identifier') return
  const names = program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' && statement.source.value === 'cellar'
      ? statement.specifiers.flatMap((each) =>
          each.type === 'ImportSpecifier' &&
          each.imported.type === 'Identifier' &&
          each.imported.name === 'input'
            ? [each.local.name]
            : [],
        )
      : [],
  )
  return object.name === 'input' || names.includes(object.name) ? object : undefined
}
