import { expect, test } from 'vitest'
import { titleOf } from '../../../../../app/_ui/notebook/cell-titles'
import { outlineOf } from '../../../../../app/_ui/notebook/panels/outline-entries'

test('cells stand below their headings, by the names they define or their first line', () => {
  const entries = outlineOf({
    titles: ['load', 'head', 'fit', 'more', 'plot', 'empty'].map((id) => ({
      id,
      title: id === 'empty' ? '' : `${id}()`,
    })),
    headings: [
      { cellId: 'head', level: 2, text: 'Model' },
      { cellId: 'more', level: 3, text: 'Plots' },
    ],
    kinds: { load: 'code', head: 'markdown', fit: 'code', more: 'markdown', plot: 'code', empty: 'code' },
    defs: { fit: ['model', 'history'] },
  })
  expect(entries.map(({ place, depth, text, isCode }) => [place, depth, text, isCode])).toEqual([
    [0, 0, 'load()', true],
    [1, 0, 'Model', false],
    [2, 1, 'model, history', true],
    [3, 1, 'Plots', false],
    [4, 2, 'plot()', true],
  ])
})

test.each([
  ['\n// Load the data\nconst a = 1', false, 'Load the data'],
  ['{}\nconst a = 1', false, 'const a = 1'],
  ['## The *income* data', true, 'The income data'],
  ['', false, ''],
])('the title of %j', (source, isText, expected) => {
  expect(titleOf(source, isText)).toBe(expected)
})
