import type { Function as FunctionNode } from 'oxc-parser'
import type { Context } from './context'
import type { Node } from './syntax'

type Identifier = Extract<Node, { type: 'Identifier' }>

/**
 * A namespace of several blocks: a block sees what the blocks before it export, which oxc leaves as a free name.
 * Returns what such a name means, `_N2.a`, or undefined for any other name. A block is by then
 * `(function(_N2) { … })(N || (N = {}))`, and an export `_N2.a = …`.
 */
export function namespaceOf(context: Context, node: Identifier): string | undefined {
  for (let at: Node | undefined = node; at; at = context.parents.get(at)) {
    if (at.type !== 'FunctionExpression') continue
    const name = blockName(context, at)
    const parameter = at.params[0]
    if (!name || parameter?.type !== 'Identifier') continue
    if (exportsOf(context, name, at.start).has(node.name)) return `${parameter.name}.${node.name}`
  }
  return undefined
}

/** The name of the namespace whose block this function is. */
function blockName({ parents }: Context, node: FunctionNode) {
  const call = parents.get(node)
  if (call?.type !== 'CallExpression' || call.callee !== node || call.arguments.length !== 1) return undefined
  const [argument] = call.arguments
  if (argument?.type !== 'LogicalExpression' || argument.left.type !== 'Identifier') return undefined
  const { left, right } = argument
  const opens = right.type === 'AssignmentExpression' && right.left.type === 'Identifier'
  return opens && right.left.type === 'Identifier' && right.left.name === left.name ? left.name : undefined
}

function exportsOf(context: Context, name: string, before: number) {
  const names = new Set<string>()
  for (const [node] of context.parents) {
    if (node.type !== 'AssignmentExpression' || node.start >= before) continue
    const { left } = node
    if (left.type !== 'MemberExpression' || left.computed || left.object.type !== 'Identifier') continue
    const block = enclosingBlock(context, node, left.object.name)
    if (block && block.start < before && blockName(context, block) === name) names.add(left.property.name)
  }
  return names
}

/** The function that has `parameter` as its first, around `node`. */
function enclosingBlock({ parents }: Context, node: Node, parameter: string) {
  for (let at = parents.get(node); at; at = parents.get(at)) {
    if (at.type !== 'FunctionExpression') continue
    const [first] = at.params
    if (first?.type === 'Identifier' && first.name === parameter) return at
  }
  return undefined
}
