// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { runCells } from '../../support/cells'

const table: [sentence: string, cells: string[], value: unknown][] = [
  ['a default import', ['import d from "./m.mjs"', 'd'], 42],
  ['named and renamed imports', ['import { one, one as eins } from "./m.mjs"', 'one + eins'], 2],
  ['a default and named imports', ['import d, { one } from "./m.mjs"', 'd + one'], 43],
  ['a default and the whole', ['import d, * as all from "./m.mjs"', 'd + all.one'], 43],
  ['an import by a string name', ['import { "default" as d } from "./m.mjs"', 'd'], 42],
  ['the whole module', ['import * as M from "./m.mjs"', 'M.one'], 1],
  ['an import for its effect', ['import "./side.mjs"', '(globalThis as any).__side'], 1],
  [
    'a type-only import of a module that is not there',
    ['import type { Q } from "./nowhere"; const q: Q | number = 1', 'q'],
    1,
  ],
  ['an inline type import', ['import { type T, one } from "./m.mjs"; const q: T | number = one', 'q'], 1],
  [
    'an unmarked type import does no harm',
    ['import { T, one } from "./m.mjs"; const q: T | number = one', 'q'],
    1,
  ],
  [
    'a missing export used as a value',
    ['import { T } from "./m.mjs"; T'],
    "SyntaxError: The requested module './m.mjs' does not provide an export named 'T': if it is a type, write import type",
  ],
  ['imports are hoisted', ['const q = one + 1; import { one } from "./m.mjs"', 'q'], 2],
  [
    'an import after statements, then a result',
    ['const q = 1\nimport { one } from "./m.mjs"\nimport d from "./m.mjs"\nawait one + d'],
    43,
  ],
  ['an import alone has no result', ['import d from "./m.mjs"'], undefined],
  ['names of CommonJS', ['import { cjsName, dynamic } from "./c.cjs"', 'cjsName + dynamic'], 15],
  ['the default of CommonJS', ['import c from "./c.cjs"', 'c.nested()'], 1],
  ['a dynamic import is relative to the notebook', ['const { one } = await import("./m.mjs"); one'], 1],
  [
    'a dynamic import with a computed name',
    ['const name = "m"; (await import(`./${name}.mjs`)).default'],
    42,
  ],
  ['import = require', ['import fs = require("node:fs"); typeof fs.readFileSync'], 'function'],
  ['require', ['const { cjsName } = require("./c.cjs")', 'cjsName'], 7],
  ['a JSON import', ['import j from "./d.json" with { type: "json" }; j.j'], 5],
  ['a JSON import without its type', ['import j from "./d.json"; j.j'], 5],
  [
    "Node's modules",
    ['import { basename } from "node:path"; import os from "os"', 'basename("a/b") + typeof os.cpus'],
    'bfunction',
  ],
  ['a package of the project', ['import * as aq from "arquero"', 'aq.table({ a: [1, 2] }).numRows()'], 2],
  [
    'a part of a package',
    ['import { TraceMap } from "@jridgewell/trace-mapping"', 'typeof TraceMap'],
    'function',
  ],
  [
    "arquero reads a cell's functions",
    [
      'import * as aq from "arquero"; import { op } from "arquero"',
      'aq.table({ a: [1.4, 2.6] }).derive({ b: (d) => aq.op.round(d.a) + op.abs(-1) }).array("b").join()',
    ],
    '2,4',
  ],
  ['a TypeScript file', ['import Square, { area, calls } from "./helper.ts"', 'area(new Square(3))'], 9],
  [
    'a TypeScript file without its ending',
    ['import { area } from "./helper"', 'area({ width: 1, height: 2 })'],
    2,
  ],
  ['a TypeScript file by its JavaScript name', ['import { twice } from "./twice.js"', 'twice(4)'], 8],
  [
    'a TypeScript file as a whole is live',
    ['import * as helper from "./helper"', 'helper.area({ width: 1, height: 1 }); helper.calls > 0'],
    true,
  ],
  ['files in a circle', ['import { later } from "./circle-b"', 'later()'], 2],
  ['an error of a file', ['import { fail } from "./throws"', 'fail()'], 'Error: from a file'],
  [
    'exports of a const, a function, a class',
    ['export const a = 1; export function f() { return 2 } export class K { k = 3 }', 'a + f() + new K().k'],
    6,
  ],
  ['an export list', ['const a = 1; const b = 2; export { a, b as c }', 'a + b'], 3],
  [
    'type-only exports',
    ['type A = 1; interface B { b: 1 } export type { A }; export { type B }; export type C = A', '1'],
    1,
  ],
  [
    'an exported enum and namespace',
    ['export enum E { A = 2 } export namespace N { export const b = 3 }', 'E.A * N.b'],
    6,
  ],
  ['an exported pattern', ['export const { a, b: [c] } = { a: 1, b: [2] }', 'a + c'], 3],
  ['an exported default expression is a result', ['export default 1 + 1'], 2],
  ['an exported default function', ['export default function named() { return 1 }', 'named()'], 1],
  ['an exported default class', ['export default class Named { v = 1 }', 'new Named().v'], 1],
  ['an exported default without a name', ['export default function () { return 1 }', '1'], 1],
  ['a re-export', ['export { one } from "./m.mjs"', 'one'], 1],
  ['a re-export of the whole', ['export * as all from "./m.mjs"', 'all.one'], 1],
  [
    'export * without names',
    ['export * from "./m.mjs"'],
    "SyntaxError: export * without names: a cell defines names, and these are not known before it runs: import * as m from './m.mjs', or name them",
  ],
  ['import.meta', ['import.meta.url.endsWith("/notebook.ts")'], true],
  ['import.meta.dirname', ['import.meta.dirname.endsWith("fixtures")'], true],
]

test.each(table)('%s', async (_, cells, value) => {
  expect(await runCells(cells)).toEqual(value)
})

test('a module that is not there is named', async () => {
  expect(await runCells(['import x from "./gone.mjs"'])).toMatch(/^Error: Cannot find module .*gone\.mjs/)
  expect(await runCells(['import x from "no-such-package"'])).toMatch(
    /^Error: Cannot find package 'no-such-package'/,
  )
})
