import { analyze } from 'eslint-scope'
import { type Node, type Program, parseSync } from 'oxc-parser'
import { nativeText } from '../../../lib/notebook/function-text'
import { isStandardGlobal } from './globals'

/** What the text of a live function says about it. */
export type FunctionText = {
  text: string
  form: 'expression' | 'method'
  /** Shared names it uses: `x` of `$S.x`. */
  shared: string[]
  /** Packages it loads while it runs. */
  packages: string[]
  /** Why it cannot be captured; without the function's name. */
  refusals: string[]
}

const isNative = /\{\s*\[native code\]\s*\}$/

/**
 * Reads a live function's own text. A cell's names are `$S.name` in it, so any other free name that is not global is a
 * local of the function that made this one, and its value cannot be read.
 */
export function readFunction(value: object): FunctionText {
  const text = nativeText(value as () => unknown)
  const read: FunctionText = { text, form: 'expression', shared: [], packages: [], refusals: [] }
  if (isNative.test(text)) {
    read.refusals.push('is a bound function or one of JavaScript itself: wrap it in a function')
    return read
  }
  let program = parse(`(${text})`)
  if (!program) {
    read.form = 'method'
    program = parse(`({${text}})`)
  }
  if (!program) {
    read.refusals.push('is a method that uses private names or super: write it as a function')
    return read
  }
  const shared = new Set<string>()
  walk(program, (node) => inspect(node, read, shared))
  read.shared = [...shared]
  for (const name of freeNames(program)) {
    read.refusals.push(
      name in globalThis
        ? `uses ${name}, which was put on globalThis: declare it in a cell`
        : `closes over ${name}, a local variable of the function that made it: declare it in a cell`,
    )
  }
  if (read.form === 'method' && uses(program, 'Super')) read.refusals.push('is a method that uses super')
  if (isArrow(program) && usesThis(program))
    read.refusals.push('is an arrow function that uses this: write it as a function of its arguments')
  return read
}

const privates = new WeakMap<object, boolean>()

/** Whether a class has `#fields`, which nothing outside of it can read. */
export function hasPrivateNames(value: object): boolean {
  const before = privates.get(value)
  if (before !== undefined) return before
  const program = parse(`(${nativeText(value as () => unknown)})`)
  let found = program === undefined
  if (program)
    walk(program, (node) => {
      if (node.type === 'PrivateIdentifier') found = true
    })
  privates.set(value, found)
  return found
}

function inspect(node: Node, read: FunctionText, shared: Set<string>) {
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
    const { name } = node.object
    const member = !node.computed && node.property.type === 'Identifier' ? node.property.name : undefined
    if (name === '$S' || name === '$C') {
      if (member !== undefined) shared.add(member)
    } else if (name === '$K' && member === 'meta')
      read.refusals.push("reads import.meta, the notebook's own place")
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return
  const { object, property } = node.callee
  if (object.type !== 'Identifier' || object.name !== '$K' || property.type !== 'Identifier') return
  if (property.name !== 'dynamicImport' && property.name !== 'require') return
  const [argument] = node.arguments
  if (argument?.type === 'Literal' && typeof argument.value === 'string') read.packages.push(argument.value)
  else read.refusals.push('imports a module whose name is not a plain text')
}

function freeNames(program: Program): Set<string> {
  const manager = analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2022,
    sourceType: 'module',
  })
  const names = new Set<string>()
  for (const { identifier } of manager.globalScope?.through ?? []) {
    const { name } = identifier as { name: string }
    if (!['$S', '$C', '$K'].includes(name) && !isStandardGlobal(name)) names.add(name)
  }
  return names
}

function parse(code: string): Program | undefined {
  const parsed = parseSync('function.js', code, {
    lang: 'js',
    sourceType: 'module',
    range: true,
    preserveParens: false,
  })
  return parsed.errors.length > 0 ? undefined : parsed.program
}

function isArrow(program: Program) {
  const [statement] = program.body
  return statement?.type === 'ExpressionStatement' && statement.expression.type === 'ArrowFunctionExpression'
}

/** Outside of functions and classes that have their own. */
function usesThis(program: Program) {
  let found = false
  walk(program, (node) => {
    const own = node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
    const ofClass = node.type === 'ClassBody'
    const isArguments = node.type === 'Identifier' && node.name === 'arguments'
    if (node.type === 'ThisExpression' || node.type === 'MetaProperty' || isArguments) found = true
    return !own && !ofClass
  })
  return found
}

function uses(program: Program, type: Node['type']) {
  let found = false
  walk(program, (node) => {
    if (node.type === type) found = true
    // A class within may use its own.
    return node.type !== 'ClassBody'
  })
  return found
}

/** Parents first; not below a node for which `visit` gives false. */
function walk(node: Node, visit: (node: Node) => unknown) {
  if (visit(node) === false) return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'range' || value === null || typeof value !== 'object') continue
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) walk(each, visit)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
