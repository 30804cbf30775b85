import { expect, test } from 'vitest'
import { breakPosition } from '../../../lib/serving/json'

/** `^` marks where it breaks. */
const broken = [
  '{"a": ^NaN}',
  '[1, ^]',
  '{"a" ^1}',
  '{"a": 1^',
  '{"a": 1, ^}',
  '{^a: 1}',
  '[1 ^2]',
  '[1^}',
  '{"a": ^01}',
  '^undefined',
  '{"a": ^"tab\there"}',
  '{"a": ^"\\x"}',
  '{"a": "\\u12ff"} ^x',
  '{"a": ^truely}',
  '{"a": ^-}',
  '{"a": ^1.}',
  "{^'a': 1}",
  '^',
]
test.each(broken)('breaks where it is marked: %s', (marked) => {
  expect(breakPosition(marked.replace('^', ''))).toBe(marked.indexOf('^'))
})

test('a deep body is searched without recursion', () => {
  expect(breakPosition('['.repeat(200_000))).toBe(200_000)
})
