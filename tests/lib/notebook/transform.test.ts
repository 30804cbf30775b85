// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { createLocator } from '../../../lib/notebook/locate'
import { CellSyntaxError, transformCell } from '../../../lib/notebook/transform'

test('a transform tells what a cell defines, uses and assigns', () => {
  const source = `import d, { one as o } from './m'
import type { T } from './types'
import * as all from 'package'
export const a = b + Math.max(1)
let c; var v
export { c as renamed }
function f() { total += local(); const local = () => fetch }
class K {}
known = name`
  const { cell, ...facts } = transformCell(source, { id: '7', known: ['known', 'fetch'], consts: ['known'] })
  expect(facts).toEqual({
    defs: new Map([
      ['d', 'import'],
      ['o', 'import'],
      ['all', 'import'],
      ['a', 'const'],
      ['c', 'let'],
      ['v', 'var'],
      ['f', 'function'],
      ['K', 'class'],
    ]),
    refs: new Set(['b', 'total', 'fetch', 'known', 'name']),
    globalsUsed: new Set(['Math']),
    assigns: new Set(['total', 'known']),
    imports: [
      {
        specifier: './m',
        names: [
          ['d', 'default'],
          ['o', 'one'],
        ],
      },
      { specifier: 'package', names: [['all', '*']] },
    ],
    exports: new Map([
      ['a', 'a'],
      ['renamed', 'c'],
    ]),
  })
  expect({ ...cell, code: typeof cell.code }).toEqual({
    cellId: '7',
    file: 'cell-7.ts',
    source,
    known: ['known', 'fetch'],
    consts: ['known'],
    code: 'string',
    defs: ['d', 'o', 'all', 'a', 'c', 'v', 'f', 'K'],
  })
})

test('the code is an async arrow over the scope, its constants and the execution', () => {
  expect(
    transformCell('const a = 1\nconst f = () => a\nf()').cell.code,
  ).toBe(`(async ($S, $C, $K) => { "use strict"; $K.declare(["a","f"], []);
$S.a = 1;
$S.f = { f: () => $S.a }.f;
return ((0, $S.f)());

})`)
})

test.each<[string, string, [string, number, number]]>([
  ['an unfinished statement', 'const a =\n', ['Unexpected token', 2, 1]],
  ['a wrong token', 'const a = 1\nconst x: = 3', ['Unexpected token', 2, 10]],
  [
    'a name declared twice, after types',
    'type T = {\n  a: 1\n}\nlet a: T\nlet a = 2',
    ['Identifier `a` has already been declared', 4, 5],
  ],
  [
    'a reserved name, after types',
    'interface I {\n  a: 1\n}\n  $K',
    ['$K is reserved: use another name', 4, 3],
  ],
])('%s is an error at its place', (_, source, [message, line, column]) => {
  const error = (() => {
    try {
      transformCell(source, { id: '3' })
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(CellSyntaxError)
  const { cellId, line: atLine, column: atColumn, message: said, stack } = error as CellSyntaxError
  expect([cellId, said, atLine, atColumn]).toEqual(['3', message, line, column])
  expect(stack).toBe(`SyntaxError: ${message}\n    at cell-3.ts:${line}:${column}`)
})

test('a cell of two thousand lines is transformed in less than a second', () => {
  const source = Array.from(
    { length: 2000 },
    (_, i) => `const v${i}: number = ${i} + (${i ? `v${i - 1}` : 0} as number)`,
  ).join('\n')
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const began = performance.now()
    expect(transformCell(source).defs.size).toBe(2000)
    times.push(performance.now() - began)
  }
  expect(Math.min(...times)).toBeLessThan(1000)
})

test('a place in the code leads to the place as typed', () => {
  const source = 'type T = 1\nconst a: T = 1\n  throw new Error(`${a}`)'
  const { code } = transformCell(source).cell
  const lines = code.split('\n')
  const line = lines.findIndex((text) => text.includes('throw')) + 1
  const column = lines[line - 1]!.indexOf('new Error') + 1
  expect(createLocator(source, {})(line, column)).toEqual({ line: 3, column: 9 })
  expect(createLocator(source, {})(1, 1)).toBeNull()
})
