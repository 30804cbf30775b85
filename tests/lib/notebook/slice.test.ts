import { expect, test } from 'vitest'
import type { Cell } from '../../../lib/notebook/document'
import { sliceOf } from '../../../lib/notebook/slice'

const cells = (sources: Record<string, string>): Cell[] =>
  Object.entries(sources).map(([id, source]) => ({ id, kind: 'code', source }))
const ids = (sources: Record<string, string>, cellId: string) =>
  sliceOf(cells(sources), cellId).map(({ id }) => id)

test('a cell’s slice is the cell and those whose names it uses, the names first', () => {
  expect(
    ids(
      { promote: 'promote("a", f)', other: 'const unused = 1', f: 'const f = () => k', k: 'const k = 2' },
      'promote',
    ),
  ).toEqual(['k', 'f', 'promote'])
})

test('a training between a model and its promotion belongs to the slice, with what it uses', () => {
  expect(
    ids(
      {
        model: 'const model = make()',
        data: 'const xs = read()',
        train: 'await model.fit(xs, xs)',
        look: 'console.log(model)',
        promote: 'promote("a", model)',
        later: 'await model.fit(xs, xs)',
      },
      'promote',
    ),
  ).toEqual(['model', 'data', 'train', 'promote'])
})

test('an assignment above the cell belongs to the slice', () => {
  expect(ids({ a: 'let a = 1', b: 'a = 2', c: 'a + 1' }, 'c')).toEqual(['a', 'b', 'c'])
})

test('a cell that is not there has no slice', () => {
  expect(ids({ a: 'let a = 1' }, 'gone')).toEqual([])
})
