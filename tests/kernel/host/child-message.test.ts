import { expect, test } from 'vitest'
import { readChildMessage } from '../../../kernel/host/child-message'

const read = (message: unknown) => readChildMessage(new TextEncoder().encode(JSON.stringify(message)))
const ids = { cellId: 'a', executionId: 'x' }

test('text that Postgres cannot hold is replaced, also in keys', () => {
  const display = {
    type: 'display',
    ...ids,
    data: { 'text/plain': 'a\0b\ud800c', 'application/json': { 'k\0': ['😀', '\udc00'] } },
  }
  expect(read(display)).toEqual({
    type: 'display',
    ...ids,
    data: { 'text/plain': 'a\ufffdb\ufffdc', 'application/json': { 'k\ufffd': ['😀', '\ufffd'] } },
  })
})

for (const message of [
  { type: 'display', ...ids, data: 'text' },
  { type: 'display', cellId: 1, executionId: 'x', data: {} },
  { type: 'done', ...ids, n: 1, state: 'running', ms: 1 },
  { type: 'unheard of' },
  null,
])
  test(`refused: ${JSON.stringify(message)}`, () => {
    expect(() => read(message)).toThrow()
  })
