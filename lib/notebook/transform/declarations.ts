import type { Context } from './context'
import { keepName } from './references'
import { boundNames, type Node, walk } from './syntax'

type VariableDeclaration = Extract<Node, { type: 'VariableDeclaration' }>

/** Declarations of shared names become assignments: `const a = 1` → `$S.a = 1` (the name itself is a reference). */
export function rewriteDeclarations(context: Context) {
  walk(context.program, (node) => {
    if (node.type === 'VariableDeclaration' && isShared(context, node)) rewrite(context, node)
  })
}

/** Of the cell's top level, also a `var` in a block or in a loop's head. */
function isShared({ top }: Context, node: VariableDeclaration) {
  return node.declarations.some((declarator) =>
    boundNames(declarator.id).some((name) =>
      top.set.get(name)?.defs.some((definition) => (definition.node as unknown as Node) === declarator),
    ),
  )
}

function rewrite(context: Context, node: VariableDeclaration) {
  const { text, parents } = context
  const parent = parents.get(node)!
  const isHead =
    (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') && parent.left === node
  text.remove(node.start, node.declarations[0]!.start)
  if (isHead) return
  for (const { id, init, start, end } of node.declarations) {
    if (id.type !== 'Identifier') {
      // An object pattern at a statement's start would be a block.
      text.appendRight(start, '(')
      text.appendLeft(end, ')')
    } else if (init) keepName(context, init, id.name)
    else text.update(id.start, id.end, node.kind === 'var' ? 'void 0' : `$S.${id.name} = void 0`)
  }
}
