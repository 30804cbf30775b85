import { type BindingPattern, type Node, type Program, parseSync } from 'oxc-parser'
import { syntaxErrorAt } from './errors'

export type { Node, Program }

/** Parses JavaScript; offsets are UTF-16 units of `code`. Throws `CellSyntaxError`. */
export function parse(cellId: string, code: string, lang: 'js' | 'ts' = 'js'): Program {
  const parsed = parseSync(`cell-${cellId}.${lang}`, code, {
    lang,
    sourceType: 'module',
    range: true,
    preserveParens: false,
  })
  const error = parsed.errors.find(({ severity }) => severity === 'Error')
  if (error) throw syntaxErrorAt(cellId, code, error.labels?.[0]?.start ?? 0, error.message)
  return parsed.program
}

/** Visits `node` and all below it, parents first. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
) {
  visit(node, parent)
  for (const [key, value] of Object.entries(node)) {
    if (value === null || typeof value !== 'object' || key === 'range') continue
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) walk(each, visit, node)
    } else if (isNode(value)) walk(value, visit, node)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Each node's parent. */
export function parentsOf(root: Node): Map<Node, Node> {
  const parents = new Map<Node, Node>()
  walk(root, (node, parent) => {
    if (parent) parents.set(node, parent)
  })
  return parents
}

/** The names that a binding pattern declares, in order. */
export function boundNames(pattern: BindingPattern | Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        boundNames(each.type === 'RestElement' ? each.argument : each.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => boundNames(each))
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    default:
      return []
  }
}
