import { expect, test } from 'vitest'
import { findRagged } from '../../../kernel/sdk/ragged'

test.each<[string, string, string | undefined]>([
  ['rows of one length', 'a,b\n1,2\r\n3,', undefined],
  ['a blank line says nothing', 'a,b\n\n1,2\n', undefined],
  ['separators and lines in quotes are of their value', 'a,b\n"1,\n""2""",3\n4,5', undefined],
  ['a quote within a value is a letter', 'a,b\n5" pipe,1', undefined],
  ['too few values', 'a,b,c\n1,2,3\n4,5', 'line 3 has 2 values, the head has 3'],
  ['too many values', 'a,b\n1,2\n\n3,4,5', 'line 4 has 3 values, the head has 2'],
  ['one value', 'a,b\n"x"', 'line 2 has 1 value, the head has 2'],
  ['a row after one of two lines', 'a,b\n"x\ny",1\n2', 'line 4 has 1 value, the head has 2'],
  ['an open quote', 'a,b\n1,"2\n3,4', 'the quote that opens in line 2 is never closed'],
])('%s', (_, text, problem) => {
  expect(findRagged(text, ',')).toBe(problem)
})
