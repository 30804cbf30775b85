import { expect, test } from 'vitest'
import { graphOf } from '../../../support/graph'

const warningsOf = (cells: Record<string, string>) => Object.fromEntries(graphOf(cells).warnings)

test('cells that define one name name each other', () => {
  expect(warningsOf({ a: 'x', b: 'x', c: 'x <- y', d: 'y' })).toEqual({
    a: [{ kind: 'double', name: 'x', cells: ['b', 'c'] }],
    b: [{ kind: 'double', name: 'x', cells: ['a', 'c'] }],
    c: [
      { kind: 'double', name: 'x', cells: ['a', 'b'] },
      { kind: 'below', name: 'y', cells: ['d'] },
    ],
  })
})

test('cells that import the same do not disagree; a cell that defines it besides does', () => {
  expect(warningsOf({ a: '@tf', b: '@tf' })).toEqual({})
  expect(warningsOf({ a: '@tf', b: 'tf' })).toEqual({
    a: [{ kind: 'double', name: 'tf', cells: ['b'] }],
    b: [{ kind: 'double', name: 'tf', cells: ['a'] }],
  })
})

test('an assignment from another cell is said on both', () => {
  expect(warningsOf({ a: 'total', b: '<- =total' })).toEqual({
    a: [{ kind: 'assigned', name: 'total', cells: ['b'] }],
    b: [{ kind: 'assigns', name: 'total', cells: ['a'] }],
  })
})

test('a name that no cell defines, and one that is defined below, are told apart', () => {
  expect(warningsOf({ a: '<- x y', b: 'x' })).toEqual({
    a: [
      { kind: 'below', name: 'x', cells: ['b'] },
      { kind: 'missing', name: 'y', cells: [] },
    ],
  })
})

test('a cycle is explained on each of its cells, with the names that lead around', () => {
  expect(warningsOf({ a: 'x <- y', b: 'y other <- x', c: '<- other' })).toEqual({
    a: [{ kind: 'cycle', names: ['y', 'x'], cells: ['a', 'b'] }],
    b: [{ kind: 'cycle', names: ['y', 'x'], cells: ['a', 'b'] }],
  })
})
