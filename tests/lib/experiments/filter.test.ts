import { expect, test } from 'vitest'
import { parseFilter } from '../../../lib/experiments/filter'

const refusal = (text: string) => {
  try {
    return parseFilter(text)
  } catch (error) {
    return (error as Error).message
  }
}

test('terms are read with their kind, their sign and a value of its type', () => {
  expect(
    parseFilter('rate <= 1e-2 and model = "cnn, small" and metrics.loss<0.3 and tag != old and drop = true'),
  ).toEqual([
    { field: 'rate', kind: 'any', op: '<=', value: 0.01 },
    { field: 'model', kind: 'any', op: '=', value: 'cnn, small' },
    { field: 'loss', kind: 'metric', op: '<', value: 0.3 },
    { field: 'tag', kind: 'fact', op: '!=', value: 'old' },
    { field: 'drop', kind: 'any', op: '=', value: true },
  ])
})

test('words are looked for, a quoted name is no fact, and nothing asks for nothing', () => {
  expect(parseFilter('iris "first try"')).toEqual([{ word: 'iris' }, { word: 'first try' }])
  expect(parseFilter('"name" = x and params."a b" = 1'.replace('params."a b"', 'params.a'))).toEqual([
    { field: 'name', kind: 'any', op: '=', value: 'x' },
    { field: 'a', kind: 'param', op: '=', value: 1 },
  ])
  expect(parseFilter('  ')).toEqual([])
})

test('what is not understood says where', () => {
  expect(
    ['rate <', '< 3', 'a = 1 or b = 2', 'a = "x', 'a = 1 and', 'a ! b', 'state < done'].map(refusal),
  ).toEqual([
    'a value is missing after "rate <"',
    'a name is missing before "<", at 1',
    'terms are joined by "and", not by "or", at 7',
    'a quote is not closed, at 5',
    'a term is missing after "and"',
    'not understood at 3: !',
    'state is compared with =, != or ~, not with <',
  ])
})
