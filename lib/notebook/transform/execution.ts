import type { Context } from './context'
import { walk } from './syntax'

/**
 * What belongs to the execution, not to the kernel's own file: dynamic imports resolve from the notebook, and an
 * `await` that a Stop came between throws when it resumes. It stays a native `await`, which keeps async stack frames.
 */
export function rewriteExecution({ program, text }: Context) {
  walk(program, (node) => {
    if (node.type === 'ImportExpression') text.update(node.start, node.start + 6, '$K.dynamicImport')
    else if (node.type === 'MetaProperty' && node.meta.name === 'import')
      text.update(node.start, node.end, '$K.meta')
    else if (node.type === 'AwaitExpression') {
      text.prependRight(node.start, '$K.after($K.stop.epoch, ')
      text.prependLeft(node.end, ')')
    } else if (node.type === 'ForOfStatement' && node.await && node.body.type === 'BlockStatement')
      text.appendRight(node.body.start + 1, ' $K.after($K.stop.epoch, 0);')
  })
}

/** The last expression is the result. */
export function returnLast({ program, code, text, defs }: Context) {
  const last = program.body.at(-1)
  if (last?.type === 'ExpressionStatement') {
    text.prependRight(last.start, 'return (')
    text.appendLeft(code[last.end - 1] === ';' ? last.end - 1 : last.end, ')')
  } else if (last?.type === 'ExportDefaultDeclaration' && defs.get('default') === 'const')
    text.prependRight(last.start, 'return ')
}

/** The cell as an async arrow; its first line tells the runner what it defines. */
export function wrap({ text, defs, hoisted }: Context) {
  const kinds = [...defs]
  const lexical = kinds.filter(([, kind]) => kind !== 'var').map(([name]) => name)
  const vars = kinds.filter(([, kind]) => kind === 'var').map(([name]) => name)
  const declare = `$K.declare(${JSON.stringify(lexical)}, ${JSON.stringify(vars)});`
  const functions = hoisted.map((name) => `$S.${name} = ${name === 'default' ? '$default' : name};`)
  text.prepend(`(async ($S, $C, $K) => { "use strict"; ${[declare, ...functions].join(' ')}\n`)
  text.append('\n})')
}
