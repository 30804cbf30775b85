// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { runCells } from '../../support/cells'

const table: [sentence: string, cells: string[], value: unknown][] = [
  ['a const is read in another cell', ['const a = 1', 'a + 1'], 2],
  ['an old closure sees a new let', ['let a = 1; const f = () => a', 'let a = 5', 'f()'], 5],
  ['a closure of the same cell sees a mutation', ['let n = 0; const inc = () => ++n', 'inc(); inc(); n'], 2],
  ['a const becomes a function', ['const g = 1', 'function g() { return 2 }', 'g()'], 2],
  ['a function becomes a const', ['function g() { return 1 }', 'const g = 3', 'g'], 3],
  [
    'a class becomes a let, a var, an enum',
    ['class A {}', 'let A = 1', 'var A = 2', 'enum A { X = 9 }', 'A.X'],
    9,
  ],
  ['an enum becomes a class', ['enum A { X }', 'class A { static x = 4 }', 'A.x'], 4],
  ['a namespace becomes a const', ['namespace N { export const a = 1 }', 'const N = 7', 'N'], 7],
  ['an import becomes a const', ['import m from "./m.mjs"', 'const m = 1', 'm'], 1],
  ['a const becomes an import', ['const m = 1', 'import m from "./m.mjs"', 'm'], 42],
  [
    'a name that was an import may be assigned as a let',
    ['import m from "./m.mjs"', 'let m = 1', 'm = 2; m'],
    2,
  ],
  [
    'the same cell runs twenty times',
    [
      ...Array<string>(20).fill(
        '1: const k = 1; let l = 2; var v = 3; class C {} ; function f() {} ; enum E { A = 1 }; namespace N { export const q = 1 }',
      ),
      'k + l + v + N.q + E.A',
    ],
    8,
  ],
  [
    'an enum does not merge with its former run',
    ['1: enum E { A, B }', '1: enum E { B }', 'Object.keys(E).join()'],
    '0,B',
  ],
  ['an enum has reverse names', ['enum E { A, B = 5, C }', '[E[5], E.C, E.A].join()'], 'B,6,0'],
  ['a string enum', ['enum E { A = "a", B = "b" }', 'Object.values(E).join()'], 'a,b'],
  ['a const enum', ['const enum F { A = 3 }', 'F.A'], 3],
  ['an enum of two blocks', ['enum E { A } enum E { B = 2 }', 'E.A + E.B'], 2],
  ['a namespace', ['namespace N { export const q = 1; export function f() { return q } }', 'N.f()'], 1],
  [
    'a namespace in a namespace, and its alias',
    ['namespace N { export namespace M { export const q = 4 } } import Q = N.M', 'Q.q'],
    4,
  ],
  [
    'a namespace of two blocks sees its first block',
    [
      'namespace N { export const a = 1 } namespace N { export const b = a + 1; export const f = () => ({ a }).a + a }',
      'N.b + N.f()',
    ],
    4,
  ],
  [
    'a namespace merges with a function',
    ['function f() { return f.extra } namespace f { export const extra = 8 }', 'f()'],
    8,
  ],
  ['a namespace of types is nothing', ['namespace T { export type A = number } const x: T.A = 3', 'x'], 3],
  [
    'a cell that no longer defines a name takes it away',
    ['1: const gone = 1', '1: const other = 1', 'typeof gone'],
    'undefined',
  ],
  [
    'a name that moved to another cell stays',
    ['1: const moved = 1', '2: const moved = 2', '1: 0', 'moved'],
    2,
  ],
  [
    'an initialiser that throws leaves the name declarable',
    ['//fails\nconst z = (() => { throw 1 })()', 'const z = 2', 'z'],
    2,
  ],
  [
    'a destructuring with defaults and rest',
    ['const { p, q: [r = 2], ...rest } = { p: 1, q: [], s: 4, t: 5 } as any', 'p + r + rest.s + rest.t'],
    12,
  ],
  ['a default uses an earlier binding', ['const { x = 1, y = x + 1 } = {} as any', 'y'], 2],
  ['a computed key in a pattern', ['const key = "k"; const { [key]: v } = { k: 6 } as any', 'v'], 6],
  [
    'a nested pattern with defaults',
    ['const { a: { b = 1, ...c } = {} } = { a: { d: 2 } } as any', 'b + c.d'],
    3,
  ],
  ['a pattern names its anonymous function', ['const { f = () => 1 } = {} as any', 'f.name'], 'f'],
  ['array holes and a swap', ['let [a, , b] = [1, 2, 3]; [a, b] = [b, a]', '`${a}${b}`'], '31'],
  [
    'several declarators in one statement',
    ['let a = 1, b, c = a + 1, d = () => c', '[a, b, c, d()].join()'],
    '1,,2,2',
  ],
  ['a compound assignment', ['let x: any = 1; x += 1; x **= 3; x ??= 9; x ||= 4; x &&= x + 1; x'], 9],
  ['an object assignment pattern', ['let x = 0; const o = { x: 7 }; ({ x } = o); x'], 7],
  ['an object assignment pattern with a default', ['let x = 0; ({ x = 5 } = {} as any); x'], 5],
  ['a pattern assigns to members', ['const o: any = {}; [o.a, o["b"]] = [1, 2]; o.a + o.b'], 3],
  ['an increment gives what increments give', ['let i = 1', '[i++, i, ++i, i--].join()'], '1,2,3,3'],
  ['functions are hoisted', ['const v = early(); function early() { return 4 } v'], 4],
  ['async functions are hoisted', ['const v = await early(); async function early() { return 4 } v'], 4],
  ['generators are hoisted', ['const v = [...gen()]; function* gen() { yield 1 } v.length'], 1],
  [
    'async generators are hoisted',
    ['let t = 0; for await (const v of gen()) t += v; async function* gen() { yield 1; yield 2 } t'],
    3,
  ],
  ['the last of two functions counts', ['function f() { return 1 } function f() { return 2 }', 'f()'], 2],
  ['a function in a block stays there', ['{ function inner() { return 1 } }', 'typeof inner'], 'undefined'],
  ['overloads', ['function o(a: string): void; function o(a: any) { return a }', 'o(3)'], 3],
  [
    'declared names are nothing',
    [
      'declare const zz: number; declare function ff(): void; abstract class A { abstract m(): void } class B extends A { m() { return 1 } } new B().m()',
    ],
    1,
  ],
  [
    'types and interfaces are nothing',
    ['interface I { a: number } type T = I | string; const t: T = { a: 1 }', '(t as I).a'],
    1,
  ],
  [
    'a duplicate let in one cell',
    ['let d = 1; let d = 2'],
    'SyntaxError: Identifier `d` has already been declared',
  ],
  [
    'function names',
    ['const f = () => {}; let g = function () {}; const K = class {}; [f.name, g.name, K.name].join()'],
    'f,g,K',
  ],
  ['a function assigned later has its name', ['let later; later = () => 1', 'later.name'], 'later'],
]

test.each(table)('%s', async (_, cells, value) => {
  expect(await runCells(cells)).toEqual(value)
})
