import { expect, test } from 'vitest'
import { cellsFrom, writeCells } from '../../../../app/_ui/notebook/clipboard'

/** A clipboard, as an event carries it. */
function clipboard(text = '') {
  const kept = new Map([['text/plain', text]])
  return {
    getData: (type: string) => kept.get(type) ?? '',
    setData: (type: string, data: string) => void kept.set(type, data),
  }
}

test('cells come back as they were, whatever their text', () => {
  const cells = [
    { kind: 'markdown' as const, source: '# Title' },
    { kind: 'code' as const, source: '// %% not a border\n' },
  ]
  const data = clipboard()
  writeCells(data, cells)
  expect(cellsFrom(data)).toEqual(cells)
})

test('other programs get the code of one cell, and a notebook file of several', () => {
  const [one, two] = [clipboard(), clipboard()]
  writeCells(one, [{ kind: 'code', source: 'a\nb' }])
  writeCells(two, [
    { kind: 'markdown', source: '# T' },
    { kind: 'code', source: 'a' },
  ])
  expect(one.getData('text/plain')).toBe('a\nb')
  expect(two.getData('text/plain')).toBe('// %% [markdown]\n// # T\n\n// %%\na\n')
})

test.each([
  ['nothing', '  \n', []],
  ['any text is a code cell', 'const a = 1\r\na\r\n\r\n', [{ kind: 'code', source: 'const a = 1\na' }]],
  [
    'a notebook file is its cells',
    '// %% [markdown]\n// # T\n\n// %%\na\n',
    [
      { kind: 'markdown', source: '# T' },
      { kind: 'code', source: 'a' },
    ],
  ],
])('%s', (_, text, expected) => {
  expect(cellsFrom(clipboard(text))).toEqual(expected)
})

test('what only looks like cells is passed over', () => {
  const data = clipboard('a')
  data.setData('application/vnd.cellar.cells+json', '[{"kind":"shell","source":"rm"}]')
  expect(cellsFrom(data)).toEqual([{ kind: 'code', source: 'a' }])
})
