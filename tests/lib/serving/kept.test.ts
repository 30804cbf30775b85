import { expect, test } from 'vitest'
import { kept } from '../../../lib/serving/kept'
import { newRequestId } from '../../../lib/serving/request-id'

const answer = { requestId: 'a', status: 200, abTestId: null, input: '{"x":1}', output: '[2]' }
const whole = { input: '{"x":1}', output: '[2]', truncated: false, sampled: true }
const none = { input: null, output: null, truncated: false, sampled: false }
const long = `"${'n'.repeat(64 * 1024)}"`

test.each<[string, object, number, object]>([
  ['a share of all', {}, 1, whole],
  ['a share of none', {}, 0, none],
  ['a refused request', { status: 400, output: null }, 0, { ...whole, output: null }],
  ['a failed one', { status: 504, output: null }, 0, { ...whole, output: null }],
  ['one of an A/B test', { abTestId: 't' }, 0, whole],
  ['an input that is too large', { input: long }, 1, { ...whole, input: null, truncated: true }],
  ['one that is too large and not of the share', { input: long }, 0, none],
])('of %s', (_name, more, share, expected) => expect(kept({ ...answer, ...more }, share)).toEqual(expected))

test('a share of a quarter keeps about a quarter', () => {
  const count = Array.from({ length: 10_000 }, () => kept({ ...answer, requestId: newRequestId() }, 0.25))
  expect(count.filter(({ sampled }) => sampled).length / 10_000).toBeCloseTo(0.25, 1)
})
