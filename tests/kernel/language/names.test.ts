import { expect, test } from 'vitest'
import { moduleText } from '../../../kernel/language/module'
import { guessNames, parseNames } from '../../../kernel/language/names'
import { npmDeclarations } from '../../../kernel/language/npm'
import { createScope } from '../../../kernel/language/scope'

const names = (source: string) => {
  const found = parseNames(source)
  return found && [...found.declared].map(([name, { assignable }]) => (assignable ? `let ${name}` : name))
}

test('a cell declares values and types, patterns, imports, and what is hoisted out of blocks', () => {
  expect(
    names(`
      import * as aq from 'arquero'
      import type { Table as T } from 'arquero'
      export const { a, b: [c, ...d], e = 1, ...rest } = x
      let n = 1
      interface Row {} ; type Id = string ; enum Kind {} ; namespace Space {}
      class Model {} ; function fit() { var inner } ; async function* g() {}
      declare global { interface Window {} }
      if (n) { var hoisted = 1; let kept = 2 }
      for (var i = 0; i < 1; i++) {}
      export default class Named {}
    `),
  ).toEqual([
    ...['aq', 'T', 'a', 'c', 'd', 'e', 'rest', 'let n', 'Row', 'Id', 'Kind', 'Space', 'Model', 'fit', 'g'],
    ...['let hoisted', 'let i', 'Named'],
  ])
})

test('while a cell cannot be parsed, its lines are gone by', () => {
  const source =
    "import tf, { a as b } from 'x'\nconst { c, d: e } = df.\nlet n = 1\n  const inner = 2\nasync function f("
  expect(parseNames(source)).toBe(undefined)
  expect([...guessNames(source).declared]).toEqual([
    ['c', { assignable: false }],
    ['e', { assignable: false }],
    ['n', { assignable: true }],
    ['f', { assignable: false }],
    ['tf', { assignable: false }],
    ['b', { assignable: false }],
  ])
})

test('a name means the nearest cell above that declares it, else the nearest below', () => {
  const cells = ['const a = 1', 'const b = 1', 'const a = 2', 'a + b + c', 'const a = 3; const c = 1']
  const scope = createScope(cells.map((source, id) => ({ id: String(id), names: parseNames(source)! })))
  const definers = (name: string) => cells.map((_, id) => scope.definer(name, String(id)))
  expect(definers('a')).toEqual(['2', '0', '0', '2', '2'])
  expect(definers('c')).toEqual(['4', '4', '4', '4', undefined])
  expect(scope.definer('nowhere', '1')).toBe(undefined)
})

test('a module is one line and the text; what it exports itself is not exported again', () => {
  const own = {
    id: 'b',
    source: 'export const b = a\nconst c = 1',
    names: parseNames('export const b = a\nconst c = 1')!,
  }
  const scope = createScope([{ id: 'a', names: parseNames('const a = 1; const b = 2')! }, own])
  expect(moduleText(own, scope, ['const', 'a', 'b'])).toBe(
    'import { a } from "./cell-a"; export { c };\nexport const b = a\nconst c = 1',
  )
  expect(moduleText(own, scope, [], ['a', 'b', 'c'])).toBe(
    'import {  } from "./cell-a"; import {  } from "./cell-c"; export { c };\nexport const b = a\nconst c = 1',
  )
})

test('modules that are imported by npm: are the installed packages', () => {
  const sources = [
    'import a from "npm:left-pad@1"',
    "await import('npm:@scope/pack@^2.1/part')",
    "'npm:'",
    'import "npm:gone@1"',
  ]
  expect(npmDeclarations(sources, (name) => name !== 'gone')).toBe(
    'declare module "npm:@scope/pack@^2.1/part" { export * from "@scope/pack/part"; export { default } from "@scope/pack/part"; }\n' +
      'declare module "npm:left-pad@1" { export * from "left-pad"; export { default } from "left-pad"; }\n',
  )
})
