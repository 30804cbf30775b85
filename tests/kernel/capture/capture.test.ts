import { describe, expect, test } from 'vitest'
import { createCells, freshPredictions } from './support'

/** Cells, then the promoted name, its data, and what both the cell and a fresh process predict. */
const kinds: [title: string, cells: string[], name: string, data: unknown[], predictions: unknown[]][] = [
  [
    'a function of its records alone',
    ['const twice = (rows: number[]) => rows.map((x) => 2 * x)'],
    'twice',
    [1, 2.5],
    [2, 5],
  ],
  [
    'helpers, values and later definitions of them',
    [
      'const add = (x: number) => x + offset; let offset = 1',
      'function predict(rows: number[]) { return rows.map(add) }',
      'offset = 10',
    ],
    'predict',
    [1],
    [11],
  ],
  [
    'an async function',
    ['async function predict(rows: number[]) { await null; return rows.map(Math.sqrt) }'],
    'predict',
    [9],
    [3],
  ],
  [
    'typed arrays',
    ['const predict = (rows: number[]) => Float64Array.from(rows, (x) => x / 2)'],
    'predict',
    [1],
    [0.5],
  ],
  [
    'plain data with cycles, Maps, Sets, Dates and bigints',
    [
      `const ring: any = { set: new Set([1, 2]), when: new Date(5), typed: new Float64Array([0.5, 1.5]), deep: [{ a: [1n, null, undefined] }], levels: new Map([['a', 7]]) }
ring.self = ring
const predict = (rows: string[]) => rows.map((x) => [ring.self.self === ring, ring.set.has(2), ring.when.getTime(), ring.typed[1], ring.deep[0].a[0] === 1n, ring.levels.get(x)])`,
    ],
    'predict',
    ['a'],
    [[true, true, 5, 1.5, true, 7]],
  ],
  [
    'instances of classes, with inheritance and static fields as they are now',
    [
      `class Base { constructor(public v: number) {} total() { return this.v } }
class Leaf extends Base { static scale = 3; override total() { return super.total() * Leaf.scale } }
const leaf = new Leaf(2)
Leaf.scale = 5
const predict = (rows: number[]) => rows.map((x) => [leaf.total() + x, leaf instanceof Leaf, leaf instanceof Base])`,
    ],
    'predict',
    [1],
    [[11, true, true]],
  ],
  [
    'objects of functions, methods and arrows, shared by identity',
    [
      `const tools = { twice(x: number) { return 2 * x }, half: (x: number) => x / 2, async later(x: number) { return x } }
const alias = tools
const predict = async (rows: number[]) => [await tools.later(tools.half(tools.twice(rows[0]))) + Number(alias === tools)]`,
    ],
    'predict',
    [3],
    [4],
  ],
  [
    'enums and namespaces of values',
    [
      'enum Mode { On = 7 } namespace Consts { export const k = 10 }',
      'const predict = (rows: number[]) => rows.map((x) => x + Mode.On + Consts.k)',
    ],
    'predict',
    [1],
    [18],
  ],
  [
    'functions with properties, generators as helpers, recursion',
    [
      `function* count(n: number) { for (let i = 0; i < n; i++) yield i }
function factorial(n: number): number { return n <= 1 ? 1 : n * factorial(n - 1) }
factorial.bonus = 1
const predict = (rows: number[]) => rows.map((n) => factorial([...count(n)].length) + factorial.bonus)`,
    ],
    'predict',
    [4],
    [25],
  ],
  [
    'frozen objects and objects without a prototype',
    [
      `const fixed = Object.freeze({ f: () => 1, list: Object.freeze([1, 2]) }); const bare = Object.assign(Object.create(null), { k: 3 })
const predict = (rows: number[]) => rows.map(() => [Object.isFrozen(fixed), Object.isFrozen(fixed.list), Object.getPrototypeOf(bare) === null, bare.k])`,
    ],
    'predict',
    [1],
    [[true, true, true, 3]],
  ],
  [
    'imports of Node and of packages, also by name and while it runs',
    [
      `import { createHash } from 'node:crypto'
import * as aq from 'arquero'
const predict = async (rows: string[]) => { const { default: path } = await import('node:path'); return rows.map((x) => [createHash('md5').update(x).digest('hex').slice(0, 4), aq.op.abs(-2), path.basename('/a/b')]) }`,
    ],
    'predict',
    ['x'],
    [['9dd4', 2, 'b']],
  ],
  [
    'tables as they are shown: filtered, ordered, grouped, with nulls',
    [
      `import * as aq from 'arquero'
const table = aq.table({ name: ['a', 'b', 'c'], value: [1, null, 3] }).filter((d: any) => d.name !== 'a').orderby(aq.desc('name'))
const sums = aq.table({ k: ['x', 'x', 'y'], v: [1, 2, 3] }).groupby('k')
const predict = (rows: number[]) => rows.map(() => [table.objects(), sums.rollup({ n: aq.op.sum('v') }).array('n')])`,
    ],
    'predict',
    [1],
    [
      [
        [
          { name: 'c', value: 3 },
          { name: 'b', value: null },
        ],
        [3, 3],
      ],
    ],
  ],
  [
    'a table verb whose expression uses a shared name',
    [
      `import * as aq from 'arquero'
const { op } = aq
const predict = (rows: { x: number }[]) => aq.from(rows).derive({ y: (d: any) => op.round(d.x) }).array('y')`,
    ],
    'predict',
    [{ x: 1.6 }],
    [2],
  ],
  [
    'NaN and infinities, in records and predictions, as null',
    ['const predict = (rows: any[]) => rows.map((r) => ({ seen: r.x, nan: NaN, inf: -Infinity }))'],
    'predict',
    [{ x: Number.NaN }],
    [{ seen: null, nan: null, inf: null }],
  ],
]

describe('what a function closes over comes with it', () => {
  test.each(kinds)('%s', async (_, cells, name, data, predictions) => {
    const notebook = createCells()
    for (const cell of cells) await notebook.run(cell)
    const promotion = await notebook.promote(name, data)
    expect(promotion.request.selfTest.predictions).toEqual(predictions)
    expect(await freshPredictions(promotion)).toEqual(predictions)
  })
})

const make = 'const make = (m: any) => (x: any) => x.map(() => m)'
/** Cells, the promoted name, and the refusals. */
const refused: [title: string, cells: string[], refusals: string[]][] = [
  [
    'a closure of a factory',
    [make, 'const f = make(1)'],
    ['f closes over m, a local variable of the function that made it: declare it in a cell'],
  ],
  [
    'a closure within an object',
    [make, 'const o = { nested: { go: make(1) } }; const f = (x: any) => o.nested.go(x)'],
    ['o.nested.go closes over m, a local variable of the function that made it: declare it in a cell'],
  ],
  [
    'a handle',
    ['import net from "node:net"; const server = net.createServer(); const f = () => server.listening'],
    ['server is a Server, which cannot be captured'],
  ],
  [
    'a bound function',
    ['function g(this: any) {} const bound = g.bind(null); const f = () => bound()'],
    ['bound is a bound function or one of JavaScript itself: wrap it in a function'],
  ],
  [
    'private fields',
    ['class Secret { #k = 1; get() { return this.#k } } const box = new Secret(); const f = () => box.get()'],
    ['box is a Secret with private fields, which cannot be read: give it plain fields'],
  ],
  [
    'a promise',
    ['const later = new Promise(() => {}); const f = () => later'],
    ['later is a promise: await it in its cell'],
  ],
  [
    'a WeakMap',
    ['const cache = new WeakMap(); const f = (o: any) => cache.get(o)'],
    ['cache is a WeakMap, whose content cannot be read'],
  ],
  [
    'a name that nobody defines',
    ['const f = () => (globalThis as any).x ?? notThere(1)'],
    ['notThere is not defined'],
  ],
  [
    'a running generator',
    ['function* g() { yield 1 } const it = g(); const f = () => it.next()'],
    ['it is a generator, whose state cannot be read'],
  ],
  [
    'a function of a namespace over its locals',
    ['namespace NS { const q = 1; export function g() { return q } } const f = () => NS.g()'],
    ['NS.g closes over q, a local variable of the function that made it: declare it in a cell'],
  ],
  [
    'an instance of a class since redefined',
    ['class Old { v = 1 } const old = new Old(); const f = () => old.v', 'class Old { v = 2 }'],
    ['old was made by an older definition of Old: run its cell again'],
  ],
  [
    'a symbol as a key',
    ['const sym = { [Symbol("q")]: 1 }; const f = () => sym'],
    ['sym[Symbol(q)] is keyed by a symbol'],
  ],
  [
    'an accessor',
    ['const lazy = { get v() { return 1 } }; const f = () => lazy.v'],
    ['lazy.v is a getter or setter'],
  ],
  [
    'a local file',
    ['import helper from "../package.json"; const f = () => helper'],
    ['helper comes from the local file ../package.json: move its code to a cell'],
  ],
  [
    'a class that extends a built-in',
    ['class Levels extends Map<string, number> {} const levels = new Levels(); const f = () => levels.size'],
    ['levels is a Levels, which extends Map from outside of the cells'],
  ],
  [
    'an arrow function that uses this',
    ['const o = { make(this: any) { return () => this } }; const g = o.make(); const f = () => g()'],
    ['g is an arrow function that uses this: write it as a function of its arguments'],
  ],
  [
    'what was put on globalThis',
    ['(globalThis as any).planted = 1', 'const f = () => planted'],
    ['f uses planted, which was put on globalThis: declare it in a cell'],
  ],
  [
    "the notebook's own place",
    ['const f = () => import.meta.dirname'],
    ["f reads import.meta, the notebook's own place"],
  ],
  [
    'methods on a prototype',
    ['function Old(this: any) {} Old.prototype.go = () => 1; const f = () => new (Old as any)()'],
    ['Old has methods on its prototype: write it as a class'],
  ],
  [
    'a module whose name is computed',
    ['const f = (x: any) => import(x)'],
    ['f imports a module whose name is not a plain text'],
  ],
  [
    'several at once',
    ['const a = Promise.resolve(1); const b = new WeakSet(); const f = () => [a, b, gone]'],
    [
      'a is a promise: await it in its cell',
      'b is a WeakSet, whose content cannot be read',
      'gone is not defined',
    ],
  ],
]

describe('what cannot be captured is refused by name', () => {
  test.each(refused)('%s', async (_, cells, refusals) => {
    const notebook = createCells()
    for (const cell of cells) await notebook.run(cell)
    const error = await notebook.promote('f', [1]).catch((error: Error) => error)
    expect((error as Error).message.split('\n')).toEqual(refusals)
  })
})

describe('how a promotion is asked for', () => {
  const cases: [title: string, cell: string, data: unknown, message: string][] = [
    [
      'a function without records',
      'const f = (x: number[]) => x',
      undefined,
      "a function needs records, for its schema and its self-test: await promote('test', f, { data: rows })",
    ],
    [
      'no records at all',
      'const f = (x: number[]) => x',
      [],
      'data is empty: give some records that the function can predict',
    ],
    [
      'something else',
      'const f = 5',
      [1],
      'cannot promote a number: give a function of an array of records, a LayersModel or a GraphModel',
    ],
    [
      'a class',
      'class f {}',
      [1],
      'cannot promote the class f: give a function of an array of records, a LayersModel or a GraphModel',
    ],
    [
      'too few predictions',
      'const f = (x: number[]) => x.slice(1)',
      [1, 2],
      'f failed on its own data: it returned 1 predictions for 2 records: return one for each',
    ],
    [
      'no list of predictions',
      'const f = () => 5',
      [1],
      'f failed on its own data: it returned a number for 1 record: return an array with one prediction for each',
    ],
    [
      'a prediction that JSON cannot hold',
      'const f = () => [{ g: { h() {} } }]',
      [1],
      'f failed on its own data: prediction 0 cannot be sent: g.h is a function, which JSON cannot hold',
    ],
    [
      'a function that throws',
      'const f = () => { throw new Error("no such level") }',
      [1],
      'f failed on its own data: no such level',
    ],
  ]
  test.each(cases)('%s', async (_, cell, data, message) => {
    const notebook = createCells()
    await notebook.run(cell)
    await expect(notebook.promote('f', data)).rejects.toThrow(message)
  })
})
