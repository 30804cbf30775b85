import { describe, expect, test } from 'vitest'
import {
  matchesIn,
  patternOf,
  patternOfFound,
  type Query,
  replacementOf,
  searchTexts,
} from '../../../../../app/_ui/notebook/find/search'

const query = (text: string, more: Partial<Query> = {}): Query => ({
  text,
  matchCase: false,
  wholeWord: false,
  isRegExp: false,
  ...more,
})
const found = (source: string, asked: Query) =>
  matchesIn(source, patternOf(asked)!).map(({ at, length }) => `${at}:${source.slice(at, at + length)}`)

describe('finds', () => {
  test.each([
    ['text as it is, in any case', 'a.b A.B axb', query('a.b'), ['0:a.b', '4:A.B']],
    ['the same case only', 'Row row', query('row', { matchCase: true }), ['4:row']],
    [
      'whole words, beside punctuation',
      'id grid id_ $id (id)',
      query('id', { wholeWord: true }),
      ['0:id', '17:id'],
    ],
    ['whole words with letters that are not ASCII', 'né née', query('né', { wholeWord: true }), ['0:né']],
    ['an expression', 'x1 x22 y3', query('x\\d+', { isRegExp: true }), ['0:x1', '3:x22']],
    ['line by line', 'a\nb\na', query('^a$', { isRegExp: true }), ['0:a', '4:a']],
    ['nothing of no length', 'abc', query('x*', { isRegExp: true }), []],
  ])('%s', (_, source, asked, expected) => {
    expect(found(source, asked)).toEqual(expected)
  })

  test('nothing for an empty text, and says what is wrong with an expression', () => {
    expect(patternOf(query(''))).toBe(undefined)
    expect(() => patternOf(query('(', { isRegExp: true }))).toThrow(SyntaxError)
  })

  test('no more than asked for', () => {
    expect(matchesIn('aaaa', /a/g, 3)).toHaveLength(3)
  })
})

describe('puts in', () => {
  const replace = (source: string, asked: Query, text: string) => {
    const pattern = patternOf(asked)!
    return matchesIn(source, pattern).map((match) => replacementOf(source, match, asked, text))
  }
  test('the text as it is', () => {
    expect(replace('price', query('price'), 'cost $1 $&')).toEqual(['cost $1 $&'])
  })
  test('groups of an expression', () => {
    const asked = query('(\\w+)=(?<value>\\d+)', { isRegExp: true })
    expect(replace('a=1 b=22', asked, '$2 is $1, $<value>, $&, $$, $9')).toEqual([
      '1 is a, 1, a=1, $, $9',
      '22 is b, 22, b=22, $, $9',
    ])
  })
  test('what is around a match counts for it', () => {
    expect(replace('xa ya', query('(?<=y)(a)', { isRegExp: true }), '<$1>')).toEqual(['<a>'])
  })
})

test('all texts are searched, and those without a match are missing', () => {
  const texts = [
    ['a', 'x1 y'],
    ['b', 'nothing'],
    ['c', 'x2'],
  ] as const
  expect(searchTexts(query('x(\\d)', { isRegExp: true }), texts)).toEqual({
    a: [{ at: 0, length: 2, groups: { numbered: ['x1', '1'], named: {} } }],
    c: [{ at: 0, length: 2, groups: { numbered: ['x2', '2'], named: {} } }],
  })
})

test('rendered text is searched for what an expression matched, not with the expression', () => {
  const asked = query('\\w+\\(x\\)', { isRegExp: true })
  const source = '*f(x)* and *ff(x)*, *f(x)*'
  expect(patternOfFound(asked, source, matchesIn(source, patternOf(asked)!))).toEqual(/ff\(x\)|f\(x\)/g)
  expect(patternOfFound(query('a.b'), 'a.b', [])).toEqual(/a\.b/gim)
})
