import { expect, test } from 'vitest'
import { lineDiff } from '../../../../../app/_ui/notebook/history/line-diff'

/** Lines as a person reads them; what differs within a line in brackets. */
const read = (before: string, after: string) =>
  lineDiff(before, after).map((line) =>
    line.type === 'skipped'
      ? `… ${line.count}`
      : { same: ' ', added: '+', removed: '-' }[line.type] +
        line.pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join(''),
  )

test('words that differ within a line are told apart', () => {
  expect(read('const k = 3\nk', 'const k = 5\nk')).toEqual(['-const k = [3]', '+const k = [5]', ' k'])
})

test('lines are added and removed', () => {
  expect(read('a\nb', 'a\nx\nb')).toEqual([' a', '+x', ' b'])
  expect(read('a\nb\nc', 'a\nc')).toEqual([' a', '-b', ' c'])
  expect(read('one', 'completely\nother')).toEqual(['-one', '+completely', '+other'])
})

test('a text that was empty only adds, one that becomes empty only removes', () => {
  expect([read('', 'a\n\nb'), read('a', '')]).toEqual([['+a', '+', '+b'], ['-a']])
})

test('what reads alike is folded three lines away from a change', () => {
  const lines = Array.from({ length: 12 }, (_, i) => `line ${i}`)
  const changed = [...lines.slice(0, 11), 'last']
  expect(read(lines.join('\n'), changed.join('\n'))).toEqual([
    '… 8',
    ' line 8',
    ' line 9',
    ' line 10',
    '-line 11',
    '+last',
  ])
})
