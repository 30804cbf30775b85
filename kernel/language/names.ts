import { parseSync } from 'oxc-parser'

/** What a cell declares at its top level: values and types alike. */
export type DeclaredNames = {
  /** Name → whether other cells may assign to it. */
  declared: Map<string, { assignable: boolean }>
  /** Names that the cell exports itself. */
  exported: Set<string>
}

type Node = { type: string; [key: string]: unknown }

/** The names of a cell, or undefined where it cannot be parsed. */
export function parseNames(source: string): DeclaredNames | undefined {
  const { program, errors } = parseSync('cell.ts', source, { lang: 'ts', sourceType: 'module' })
  if (errors.some(({ severity }) => severity === 'Error')) return undefined
  const names: DeclaredNames = { declared: new Map(), exported: new Set() }
  for (const statement of program.body) readStatement(statement as unknown as Node, names)
  return names
}

/** The names that lines at the left margin seem to declare: what there is to go by while a cell is being typed. */
export function guessNames(source: string): DeclaredNames {
  const declared: DeclaredNames['declared'] = new Map()
  for (const [, keyword = '', rest = ''] of source.matchAll(declaration)) {
    const assignable = keyword === 'let' || keyword === 'var'
    const names = /^[{[]/.test(rest) ? boundIn(rest) : [/^[\w$]+/.exec(rest)?.[0]]
    for (const name of names) if (name) declared.set(name, { assignable })
  }
  for (const [, clause = ''] of source.matchAll(importing))
    for (const name of boundIn(clause)) declared.set(name, { assignable: false })
  return { declared, exported: new Set() }
}

const declaration =
  /^(?:export\s+)?(?:declare\s+)?(?:abstract\s+|async\s+)?(const|let|var|function\s*\*?|class|interface|type|enum|namespace)\s+([\w$]+|[{[][^=\n]*)/gm
const importing = /^import\s+(?:type\s+)?([^'"\n]+?)\s+from\s/gm

/** Of a pattern or an import clause: the words that are not keys before a colon or an `as`. */
const boundIn = (text: string) =>
  [...text.matchAll(/([A-Za-z_$][\w$]*)(?!\s*(?::|as\b)|[\w$])/g)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'as' && name !== 'type')

function readStatement(node: Node, names: DeclaredNames) {
  switch (node.type) {
    case 'ImportDeclaration':
      for (const { local } of node.specifiers as { local: { name: string } }[])
        names.declared.set(local.name, { assignable: false })
      return
    case 'ExportNamedDeclaration':
      if (node.declaration) {
        const before = new Set(names.declared.keys())
        readStatement(node.declaration as Node, names)
        for (const name of names.declared.keys()) if (!before.has(name)) names.exported.add(name)
      }
      for (const { exported } of node.specifiers as { exported: { name?: string } }[])
        if (exported.name) names.exported.add(exported.name)
      return
    case 'ExportDefaultDeclaration':
      if (/^(Function|Class)Declaration$|^TSInterface/.test((node.declaration as Node).type))
        readStatement(node.declaration as Node, names)
      return
    case 'VariableDeclaration':
      readVariables(node, names)
      return
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSModuleDeclaration': {
      const { id, kind } = node as { id?: { type: string; name: string }; kind?: string }
      if (id?.type === 'Identifier' && kind !== 'global') names.declared.set(id.name, { assignable: false })
      return
    }
    default:
      hoist(node, names)
  }
}

function readVariables(node: Node, { declared }: DeclaredNames) {
  const assignable = node.kind === 'let' || node.kind === 'var'
  for (const { id } of node.declarations as { id: Node }[])
    for (const name of bound(id)) declared.set(name, { assignable })
}

/** The names of a binding pattern. */
function bound(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name as string]
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((property) =>
        bound((property.type === 'RestElement' ? property.argument : property.value) as Node),
      )
    case 'ArrayPattern':
      return (pattern.elements as (Node | null)[]).flatMap(bound)
    case 'AssignmentPattern':
      return bound(pattern.left as Node)
    case 'RestElement':
      return bound(pattern.argument as Node)
    default:
      return []
  }
}

/** A `var` in a block belongs to the whole cell. */
function hoist(node: unknown, names: DeclaredNames) {
  if (Array.isArray(node)) for (const each of node) hoist(each, names)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const { type } = node as Node
  if (/Function|^Class|^TSModule/.test(type ?? '')) return
  if (type === 'VariableDeclaration' && (node as Node).kind === 'var') readVariables(node as Node, names)
  for (const value of Object.values(node)) if (typeof value === 'object') hoist(value, names)
}
