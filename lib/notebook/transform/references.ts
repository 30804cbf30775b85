import type { Reference } from 'eslint-scope'
import type { Context } from './context'
import { namespaceOf } from './namespaces'
import type { Node } from './syntax'

type Identifier = Extract<Node, { type: 'Identifier' }>

/** Each use of a shared name becomes a property of the scope object: `x` → `$S.x`, `f()` → `(0, $S.f)()`. */
export function rewriteReferences(context: Context) {
  const { top, free } = context
  const done = new Set<Node>()
  const each = (reference: Reference, own: boolean) => {
    const node = reference.identifier as unknown as Identifier
    if (done.has(node)) return
    done.add(node)
    rewrite(context, reference, node, own)
  }
  for (const variable of top.variables) for (const reference of variable.references) each(reference, true)
  for (const reference of free) each(reference, false)
}

function rewrite(context: Context, reference: Reference, node: Identifier, own: boolean) {
  const { text, parents, helperNames } = context
  const { name } = node
  const parent = parents.get(node)!
  if (parent.type === 'ExportSpecifier' || helperNames.has(name)) return
  const namespace = own ? undefined : namespaceOf(context, node)
  const target = namespace ?? targetOf(context, reference, node, own)
  if (target === undefined) return

  const holder = parent.type === 'AssignmentPattern' && parent.left === node ? parents.get(parent)! : parent
  const isCallee =
    (parent.type === 'CallExpression' && parent.callee === node) ||
    (parent.type === 'TaggedTemplateExpression' && parent.tag === node)
  let replacement = target
  if (holder.type === 'Property' && holder.shorthand) replacement = `${name}: ${target}`
  else if (isCallee) replacement = `(0, ${target})`
  else if (parent.type === 'UnaryExpression' && parent.operator === 'typeof' && !own && !namespace)
    replacement = `("${name}" in $S ? ${target} : void 0)`
  text.update(node.start, node.end, replacement)
  const takesName =
    (parent.type === 'AssignmentExpression' && parent.operator === '=') || parent.type === 'AssignmentPattern'
  if (takesName && parent.left === node) keepName(context, parent.right, name)
}

/** What a reference becomes; undefined for a global, which stays. */
function targetOf(context: Context, reference: Reference, node: Identifier, own: boolean) {
  const { name } = node
  const { defs, known, consts } = context
  if (!own) {
    if (!known.has(name) && name === 'require') return '$K.require'
    if (!known.has(name) && (name in globalThis || name === 'arguments')) {
      context.globalsUsed.add(name)
      return undefined
    }
    context.refs.add(name)
    if (reference.isWrite()) context.assigns.add(name)
  }
  if (own && isTooEarly(context, reference, node))
    return `($K.tdz("${name}"))${reference.isWrite() ? '.x' : ''}`
  const constant = own ? defs.get(name) === 'const' || defs.get(name) === 'import' : consts.has(name)
  return reference.isWrite() && !reference.init && constant ? `$C.${name}` : `$S.${name}`
}

/**
 * A straight-line use before the declaration. Decided here, because emptying the scope's slot at each run
 * (`delete`) would make the scope object slow.
 */
function isTooEarly({ top, defs }: Context, reference: Reference, node: Identifier) {
  const kind = defs.get(node.name)
  if (reference.init || !(kind === 'const' || kind === 'let' || kind === 'class')) return false
  if (reference.from.variableScope !== top) return false
  const definition = top.set.get(node.name)!.defs.at(-1)!
  const declared = definition.node as unknown as Node
  const from =
    declared.type === 'VariableDeclarator' && declared.id.type === 'Identifier'
      ? declared.end
      : (definition.name as unknown as Node).start
  return node.start < from
}

/** `$S.f = () => {}` would lose the name that `const f = () => {}` gives: it becomes `$S.f = { f: () => {} }.f`. */
export function keepName({ text }: Context, value: Node | null, name: string) {
  const anonymous =
    value?.type === 'ArrowFunctionExpression' ||
    ((value?.type === 'FunctionExpression' || value?.type === 'ClassExpression') && !value.id)
  if (!value || !anonymous) return
  text.appendRight(value.start, `{ ${name}: `)
  text.appendLeft(value.end, ` }.${name}`)
}
