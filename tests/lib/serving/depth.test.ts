import { expect, test } from 'vitest'
import { isTooDeep, maxDepth } from '../../../lib/serving/depth'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test.each([
  ['as deep as allowed', nested(maxDepth), false],
  ['deeper', nested(maxDepth + 1), true],
  ['objects', '{"a":'.repeat(101), true],
  ['many beside each other', `[${nested(10)}${`,${nested(10)}`.repeat(50)}]`, false],
  ['brackets in a text', `"${'['.repeat(500)}"`, false],
  ['a quote that ends no text', `["\\"${'['.repeat(500)}"]`, false],
  ['a text that never ends', `"${'['.repeat(500)}`, false],
])('%s', (_what, json, expected) => {
  expect([isTooDeep(json), isTooDeep(Buffer.from(json))]).toEqual([expected, expected])
})
