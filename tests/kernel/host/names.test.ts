import { expect, test } from 'vitest'
import { createNames } from '../../../kernel/host/names'

const none = { imports: {}, refs: [], globals: [] }
const defines = (...names: string[]) => ({ ...none, defs: new Map(names.map((name) => [name, 'const'])) })
const uses = (...refs: string[]) => ({ ...defines(), refs })

test('each run says whose values it used, and which names are its own from now on', () => {
  const names = createNames<string>()
  expect([
    names.run('a', defines('x', 'y')),
    names.run('b', defines('x')),
    names.run('c', uses('x', 'y', 'nowhere')),
    names.known('b'),
  ]).toEqual([
    { took: ['x', 'y'], used: {} },
    { took: ['x'], used: {} },
    { took: [], used: { x: ['b'], y: ['a'], nowhere: [] } },
    [['y', 'const']],
  ])
})

test('a name that its cell defines no more is nobody’s, and was taken by that cell', () => {
  const names = createNames<string>()
  names.run('a', defines('x'))
  names.run('b', defines('x'))
  expect([names.run('b', defines('z')), names.run('b', defines('z')), names.run('c', uses('x'))]).toEqual([
    { took: ['x', 'z'], used: {} },
    { took: ['x', 'z'], used: {} },
    { took: [], used: { x: [] } },
  ])
  expect(names.run('a', defines('x')).took).toEqual(['x'])
  expect(names.run('b', defines('z')).took).toEqual(['z'])
})

test('a global is used of a cell only where one defines its name', () => {
  const names = createNames<string>()
  const said = { ...defines(), globals: ['Math', 'name'] }
  names.run('a', defines('name'))
  expect(names.run('b', said).used).toEqual({ name: ['a'] })
})

test('who loses a cell loses its values, and those that defined the same before are named', () => {
  const names = createNames<string>()
  names.run('a', defines('x', 'y'))
  names.run('b', defines('x'))
  expect([names.forget('b'), names.run('c', uses('x', 'y')).used]).toEqual([['a'], { x: [], y: ['a'] }])
  expect(names.forget('c')).toEqual([])
})

test('a cell is settled while its run would give the names that it has given', () => {
  const names = createNames<string>()
  const x = defines('x')
  const before = names.isSettled('a', x)
  names.run('a', x)
  expect([
    before,
    names.isSettled('a', x),
    names.isSettled('a', defines('x', 'y')),
    names.isSettled('a', defines()),
    names.isSettled('b', x),
    names.isSettled('b', defines()),
  ]).toEqual([false, true, false, false, false, true])
  names.run('b', x)
  expect([names.isSettled('a', x), names.isSettled('b', x)]).toEqual([false, true])
})
