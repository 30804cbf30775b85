// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { runCells } from '../../support/cells'

const table: [sentence: string, cells: string[], value: unknown][] = [
  [
    'globals stay',
    [
      '[typeof console.log, typeof fetch, Math.max(1, 2), typeof structuredClone, [] instanceof Array].join()',
    ],
    'function,function,2,function,true',
  ],
  ['a cell may shadow a global', ['const fetch = () => "mine"', 'fetch()'], 'mine'],
  ['a shadowed global comes back with its cell', ['1: const fetch = 3', '1: 0', 'typeof fetch'], 'function'],
  ['a function shadows', ['const a = 1; function f() { const a = 2; return a }', '`${f()}${a}`'], '21'],
  [
    'a parameter, a catch and a block shadow',
    [
      'const a = 1; const f = (a: number) => a; let r = ""; try { throw 3 } catch (a) { r += a } { let a = 4; r += a } r += f(2) + "" + a',
      'r',
    ],
    '3421',
  ],
  [
    'a var in a function is its own',
    ['const a = 1; function f() { if (true) { var a = 2 } return a }', '`${f()}${a}`'],
    '21',
  ],
  [
    'a class expression has its own name',
    ['const K = class Inner { n() { return Inner.name } }', 'new K().n() + typeof Inner'],
    'Innerundefined',
  ],
  [
    'a function expression has its own name',
    ['const fact = function self(n: number): number { return n ? n * self(n - 1) : 1 }', 'fact(4)'],
    24,
  ],
  ['shorthand properties', ['const a = 1, b = 2', '({ a, b }).b'], 2],
  ['a shorthand method is not a reference', ['const a = 1', '({ a() { return 2 } }).a()'], 2],
  ['a property is not a reference', ['const o = { a: 1 }', 'o.a'], 1],
  ['a label is not a reference', ['const a = 1; a: for (;;) { break a } a'], 1],
  ['typeof of an unknown name', ['typeof undefinedName'], 'undefined'],
  ['typeof of a name of another cell', ['const t = 1', 'typeof t'], 'number'],
  ['an unknown name', ['undefinedName'], 'ReferenceError: undefinedName is not defined'],
  ['an unknown name as a call', ['nope(1)'], 'ReferenceError: nope is not defined'],
  ['an implicit global', ['oops = 1'], 'ReferenceError: oops is not defined'],
  [
    'a name that a later cell defines is found at the call',
    ['const f = () => later', 'const later = 3', 'f()'],
    3,
  ],
  ['a dead zone', ['const a = b; const b = 1'], "ReferenceError: Cannot access 'b' before initialization"],
  [
    'a dead zone on the second run too',
    ['1: const b2 = 1', '1: const a = b2; const b2 = 1'],
    "ReferenceError: Cannot access 'b2' before initialization",
  ],
  [
    'a declaration that reads itself',
    ['const me = 1', 'const me = me + 1'],
    "ReferenceError: Cannot access 'me' before initialization",
  ],
  [
    'an assignment before its let',
    ['later2 = 1; let later2'],
    "ReferenceError: Cannot access 'later2' before initialization",
  ],
  [
    'a hoisted function that reads too early',
    ['early3(); const w3 = 1; function early3() { return w3 }'],
    "ReferenceError: Cannot access 'w3' before initialization",
  ],
  [
    'a class before its declaration',
    ['new Late(); class Late {}'],
    "ReferenceError: Cannot access 'Late' before initialization",
  ],
  ['a var before its assignment', ['const seen = early; var early = 1; String(seen)'], 'undefined'],
  ['an assignment to a const', ['const c = 1; c = 2'], 'TypeError: Assignment to constant variable.'],
  ['an increment of a const', ['const c = 1; c++'], 'TypeError: Assignment to constant variable.'],
  [
    'a const in a pattern',
    ['const c = 1; ({ c } = { c: 2 })'],
    'TypeError: Assignment to constant variable.',
  ],
  ['a const of another cell', ['const c = 1', 'c = 2'], 'TypeError: Assignment to constant variable.'],
  [
    'a const of another cell in a loop head',
    ['const c = 1', 'for (c of [1]);'],
    'TypeError: Assignment to constant variable.',
  ],
  ['a let of another cell', ['let c = 1', 'c += 2', 'c'], 3],
  [
    'an import is read-only',
    ['import d from "./m.mjs"; d = 1'],
    'TypeError: Assignment to constant variable.',
  ],
  [
    'recursion through the scope',
    ['function fact(n: number): number { return n ? n * fact(n - 1) : 1 }', 'fact(5)'],
    120,
  ],
  [
    'an old closure calls the new function',
    ['function h() { return 1 } const k = () => h()', 'function h() { return 2 }', 'k()'],
    2,
  ],
  ['a live getter', ['let a = 1; const o = { get v() { return a } }', 'a = 4', 'o.v'], 4],
  ['$S is reserved', ['const $S = 1'], 'SyntaxError: $S is reserved: use another name'],
  ['$K is reserved', ['$K'], 'SyntaxError: $K is reserved: use another name'],
  [
    'names with dollars and other alphabets',
    ['const $ = 1, _ = 2, größe = 3, 名 = 4', '$ + _ + größe + 名'],
    10,
  ],
  [
    'eval does not see the names of cells',
    ['const ev1 = 1', 'eval("ev1")'],
    'ReferenceError: ev1 is not defined',
  ],
  ['there are no arguments at the top', ['typeof arguments'], 'undefined'],
  ['arguments in a function', ['function f() { return arguments.length }', '(f as any)(1, 2, 3)'], 3],
  [
    'this in a called function',
    ['const f = function (this: unknown) { return this }', 'f() === undefined'],
    true,
  ],
  [
    'this of a tag',
    ['function tag(this: any, s: any) { return [this === undefined, s.raw[0]].join() }', 'tag`hi`'],
    'true,hi',
  ],
  ['methods keep this', ['const o = { v: 3, m() { return this.v } }', 'o.m()'], 3],
  ['an optional call', ['let maybe: any', 'maybe?.()'], undefined],
  ['an optional chain', ['const deep: any = { a: null }', 'deep.a?.b.c ?? "none"'], 'none'],
  ['delete of a property', ['const o: any = { a: 1, b: 2 }', 'delete o.a; Object.keys(o).join()'], 'b'],
  ['new on a class of a cell', ['class Q { v = 1 }', 'new Q().v'], 1],
  ['new.target', ['function T() { return [new.target === T] }', '(new (T as any)())[0]'], true],
  ['instanceof of a class of a cell', ['class Q {} const q = new Q()', 'q instanceof Q'], true],
]

test.each(table)('%s', async (_, cells, value) => {
  expect(await runCells(cells)).toEqual(value)
})
