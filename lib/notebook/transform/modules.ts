import type { Class } from 'oxc-parser'
import type { Context, ImportedName } from './context'
import { syntaxErrorAt } from './errors'
import { helpers } from './strip'
import { boundNames, type Node } from './syntax'

type Of<Type extends Node['type']> = Extract<Node, { type: Type }>
type ModuleName = Of<'ImportSpecifier'>['imported']

const nameOf = (node: ModuleName) => (node.type === 'Literal' ? node.value : node.name)

/** Imports become awaited calls at the cell's start; exports lose their keyword; function and class declarations are assigned. */
export function rewriteStatements(context: Context) {
  const { program, code, text } = context
  const first = program.body.findIndex(({ type }) => type !== 'ImportDeclaration')
  const lead = first > 0 ? program.body[first - 1]!.end : first === 0 ? 0 : code.length
  for (const statement of program.body) {
    switch (statement.type) {
      case 'FunctionDeclaration':
        context.hoisted.push(statement.id!.name)
        break
      case 'ClassDeclaration':
        assignClass(context, statement)
        break
      case 'ImportDeclaration':
        rewriteImport(context, statement)
        if (statement.start > lead) text.move(statement.start, statement.end, lead)
        break
      case 'ExportNamedDeclaration':
        rewriteExport(context, statement)
        break
      case 'ExportDefaultDeclaration':
        rewriteDefault(context, statement)
        break
      case 'ExportAllDeclaration':
        rewriteExportAll(context, statement)
        break
    }
  }
}

function assignClass({ text }: Context, node: Class) {
  text.appendRight(node.start, `$S.${node.id!.name} = `)
  text.appendLeft(node.end, ';')
}

function rewriteImport(context: Context, node: Of<'ImportDeclaration'>) {
  const { text } = context
  const specifier = node.source.value
  if (specifier.startsWith(helpers)) {
    const call = `await $K.helper(${JSON.stringify(specifier)})`
    return text.update(node.start, node.end, `const ${node.specifiers[0]!.local.name} = ${call};`)
  }
  const names = node.specifiers.map((each): ImportedName => {
    if (each.type === 'ImportDefaultSpecifier') return [each.local.name, 'default']
    return [each.local.name, each.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(each.imported)]
  })
  const attribute = node.attributes.find(
    ({ key }) => (key.type === 'Literal' ? key.value : key.name) === 'type',
  )
  const type = attribute ? `, ${JSON.stringify(attribute.value.value)}` : ''
  context.imports.push({ specifier, names })
  text.update(node.start, node.end, importCall(specifier, names, type))
}

const importCall = (specifier: string, names: ImportedName[], type = '') =>
  `await $K.import(${JSON.stringify(specifier)}, ${JSON.stringify(names)}${type});`

function rewriteExport(context: Context, node: Of<'ExportNamedDeclaration'>) {
  const { text, exports, defs, hoisted } = context
  const { declaration, source } = node
  if (declaration) {
    text.remove(node.start, declaration.start)
    if (declaration.type === 'FunctionDeclaration') hoisted.push(declaration.id!.name)
    else if (declaration.type === 'ClassDeclaration') assignClass(context, declaration)
    for (const name of declaredNames(declaration)) exports.set(name, name)
  } else if (source) {
    const names = node.specifiers.map(
      ({ exported, local }): ImportedName => [nameOf(exported), nameOf(local)],
    )
    for (const [name] of names) {
      defs.set(name, 'import')
      exports.set(name, name)
    }
    context.imports.push({ specifier: source.value, names })
    text.update(node.start, node.end, importCall(source.value, names))
  } else {
    for (const { exported, local } of node.specifiers) exports.set(nameOf(exported), nameOf(local))
    text.remove(node.start, node.end)
  }
}

function declaredNames(node: Node): string[] {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => boundNames(id))
  return 'id' in node && node.id?.type === 'Identifier' ? [node.id.name] : []
}

function rewriteDefault(context: Context, node: Of<'ExportDefaultDeclaration'>) {
  const { text, code, defs, exports, hoisted } = context
  const declaration = node.declaration as Node
  const id = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined
  exports.set('default', id ?? 'default')
  if (declaration.type === 'FunctionDeclaration') {
    text.remove(node.start, declaration.start)
    hoisted.push(id ?? 'default')
    if (id) return
    defs.set('default', 'function')
    const head = code.slice(declaration.start, declaration.body!.start)
    text.update(declaration.start, declaration.body!.start, head.replace(/\(/, ' $default('))
  } else if (declaration.type === 'ClassDeclaration' && id) {
    text.remove(node.start, declaration.start)
    assignClass(context, declaration)
  } else {
    defs.set('default', 'const')
    text.update(node.start, declaration.start, '$S.default = ')
  }
}

function rewriteExportAll(context: Context, node: Of<'ExportAllDeclaration'>) {
  const { cellId, code, text, defs, exports, imports } = context
  const specifier = node.source.value
  if (!node.exported) {
    const help = `a cell defines names, and these are not known before it runs: import * as m from '${specifier}', or name them`
    throw syntaxErrorAt(cellId, code, node.start, `export * without names: ${help}`)
  }
  const name = nameOf(node.exported)
  const names: ImportedName[] = [[name, '*']]
  defs.set(name, 'import')
  exports.set(name, name)
  imports.push({ specifier, names })
  text.update(node.start, node.end, importCall(specifier, names))
}
