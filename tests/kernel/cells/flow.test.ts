// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { runCells } from '../../support/cells'

const long = `[${'1,'.repeat(50_000)}].length`

const table: [sentence: string, cells: string[], value: unknown][] = [
  ['the last expression is the result', ['1; 2; 3'], 3],
  ['a declaration has no result', ['const a = 1'], undefined],
  ['an if has no result', ['if (true) { 1 }'], undefined],
  ['a block is no object', ['{ let q = 1 }'], undefined],
  ['an object in parentheses is an object', ['({ a: 1 })'], { a: 1 }],
  ['an empty cell', [''], undefined],
  ['a cell of comments', ['// nothing\n/* here */'], undefined],
  ['a string is a result, no directive', ['"use me"'], 'use me'],
  ['a comment after the last expression', ['1 + 1 // two'], 2],
  ['a comment inside of the last expression', ['1 + // one\n1 /* two */ ;'], 2],
  ['an assignment is a result', ['let a: number; a = 5'], 5],
  ['a template, a comma, an await last', ['const a = 1; (a, `x${await 2}`)'], 'x2'],
  ['a regular expression last', ['/a+/.test("caat")'], true],
  ['a function expression last', ['(function () { return 3 })()'], 3],
  ['an arrow last', ['(() => 3)()'], 3],
  ['a promise as result is awaited', ['Promise.resolve(6)'], 6],
  ['a rejected promise as result', ['Promise.reject(new Error("no"))'], 'Error: no'],
  ['top-level await', ['const v = await new Promise(r => setTimeout(r, 5, 3)); v'], 3],
  [
    'await in several places',
    ['const o = { a: await 1, [await "b"]: [await 2] }; `${o.a}${(o as any).b}`'],
    '12',
  ],
  [
    'top-level for await',
    ['let t = 0; async function* g() { yield 1; yield 2 } for await (const v of g()) t += v; t'],
    3,
  ],
  ['for await over promises', ['let t = 0; for await (const v of [Promise.resolve(1), 2]) t += v; t'], 3],
  ['await chains', ['const g = async () => async () => 4', 'await (await g())()'], 4],
  [
    'await at the end of a named arrow',
    [
      'const f = async (x: number) => await x; const { v } = await (async () => ({ v: await f(1) }))()',
      'await f(2) + v',
    ],
    3,
  ],
  [
    'await in a template and in a call',
    ['const id = async <T,>(v: T) => v; `${await id(1)}${Math.max(await id(2), 1)}`'],
    '12',
  ],
  ['await using a thenable', ['await ({ then(done: (v: number) => void) { done(9) } })'], 9],
  [
    'labelled loops',
    [
      'let n = 0; outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (b === 2) continue outer; n += a } } n',
    ],
    3,
  ],
  ['a labelled block', ['let n = 0; out: { n = 1; break out; n = 2 } n'], 1],
  ['for of over an outer let', ['let x; for (x of [1, 2, 3]); x'], 3],
  ['for var leaks', ['for (var i = 0; i < 3; i++); i'], 3],
  ['for var with a pattern', ['for (var { m } of [{ m: 1 }, { m: 2 }]); m'], 2],
  ['for in with a var', ['for (var k in { a: 1, b: 2 }); k'], 'b'],
  ['for let does not leak', ['for (let i = 0; i < 3; i++); typeof i'], 'undefined'],
  [
    'each iteration has its own let',
    ['const fs: any[] = []; for (let i = 0; i < 3; i++) fs.push(() => i); fs.map(f => f()).join("")'],
    '012',
  ],
  ['a var in a nested block', ['if (true) { var v = 3 }', 'v'], 3],
  [
    'a var in a function stays inside',
    ['function f() { var v2 = 1; return v2 } f(); typeof v2'],
    'undefined',
  ],
  [
    'while, do and switch',
    [
      'let n = 0; while (n < 3) n++; do { n++ } while (n < 6); switch (n) { case 6: n = 10; break; default: n = 0 } n',
    ],
    10,
  ],
  [
    'try, catch and finally',
    [
      'let s = ""; try { try { throw new Error("a") } finally { s += "f" } } catch ({ message }) { s += message } s',
    ],
    'fa',
  ],
  ['a thrown string', ['throw "plain"'], 'thrown: plain'],
  [
    'an error of an async function',
    ['const f = async () => { throw new TypeError("late") }', 'await f()'],
    'TypeError: late',
  ],
  [
    'an error class of a cell',
    ['class MyError extends Error { name = "MyError" }', 'throw new MyError("mine")'],
    'MyError: mine',
  ],
  [
    'generators',
    [
      'function* g() { const got: number = yield 1; yield got * 2 } const it = g(); it.next(); it.next(4).value',
    ],
    8,
  ],
  [
    'a generator delegates',
    ['function* a() { yield* b() } function* b() { yield 1; yield 2 } [...a()].join()'],
    '1,2',
  ],
  ['iterators kept between cells', ['const it = [1, 2][Symbol.iterator]()', '[...it].length'], 2],
  [
    'private fields and static blocks',
    [
      'class P { #v = 1; static #c = 0; static { P.#c = 5 } get v() { return this.#v + P.#c } has(o: any) { return #v in o } }',
      'new P().v + (new P().has({}) ? 1 : 0)',
    ],
    6,
  ],
  [
    'parameter properties',
    [
      'class P { constructor(public z: number, private y = 2) {} sum() { return this.z + this.y } }',
      'new P(1).sum()',
    ],
    3,
  ],
  [
    'a class extends one of another cell',
    ['class B { n() { return 1 } }', 'class D extends B { n() { return super.n() + 1 } }', 'new D().n()'],
    2,
  ],
  [
    'an instance keeps its class when that is redefined',
    [
      'class B { n() { return 1 } } const b = new B()',
      'class B { n() { return 2 } }',
      '`${b.n()}${new B().n()}`',
    ],
    '12',
  ],
  [
    'accessors, computed and symbol members',
    [
      'class A { static ["a" + 1] = 1; get [Symbol.toStringTag]() { return "T" } }',
      'String(new A()) + (A as any).a1',
    ],
    '[object T]1',
  ],
  [
    'legacy decorators',
    [
      'function dec(t: any, k: any, d: any) { const m = d.value; d.value = function () { return m.call(this) + 1 }; return d } class W { @dec m() { return 1 } }',
      'new W().m()',
    ],
    2,
  ],
  [
    'using',
    [
      'let log = ""; { using r = { [Symbol.dispose ?? Symbol.for("d")]() { log += "d" } } as any; log += "b" } log',
    ],
    'bd',
  ],
  [
    'satisfies, as, !, generics',
    ['const t = ({ a: 1 } as any)!.a satisfies number; const id = <T,>(v: T): T => v; id<number>(t)'],
    1,
  ],
  ['an old-style assertion', ['const t = <any>{ a: 2 }; t.a'], 2],
  ['big integers, separators and exponents', ['[10n ** 3n, 1_000, 2 ** 3].join()'], '1000,1000,8'],
  ['unicode text and escapes', ['const s = "日本😀\\u{1F600}"; [...s].length'], 4],
  ['a very long line', [long], 50_000],
  [
    'a thousand names',
    [Array.from({ length: 1000 }, (_, i) => `const n${i} = ${i}`).join('\n'), 'n999 + n0'],
    999,
  ],
  ['windows line ends and a byte order mark', ['\ufeffconst a = 1\r\nconst b = 2\r\na + b'], 3],
  ['statements joined without semicolons', ['const a = 1\nconst b = [2]\n;[a].concat(b).join()'], '1,2'],
]

test.each(table)('%s', async (_, cells, value) => {
  expect(await runCells(cells)).toEqual(value)
})
