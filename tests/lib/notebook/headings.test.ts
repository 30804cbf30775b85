import { expect, test } from 'vitest'
import { headingMark, headingsOf } from '../../../lib/notebook/headings'

test('headings of Markdown cells are found in order, those in code are none', () => {
  expect(
    headingsOf([
      { id: 'a', kind: 'markdown', source: '# The *income* data #\ntext\n## Load\n#no heading' },
      { id: 'b', kind: 'code', source: '# not this' },
      { id: 'c', kind: 'markdown', source: '```\n# a comment\n```\n### `fit`' },
    ]),
  ).toEqual([
    { cellId: 'a', level: 1, text: 'The income data' },
    { cellId: 'a', level: 2, text: 'Load' },
    { cellId: 'c', level: 3, text: 'fit' },
  ])
})

test.each([
  ['# Title', 2],
  ['   ### Deep\nmore', 7],
  ['##', 2],
  ['#tag', 0],
  ['text\n# later', 0],
  ['', 0],
])('what makes a heading of %j is %i characters long', (source, expected) => {
  expect(headingMark(source)).toBe(expected)
})
