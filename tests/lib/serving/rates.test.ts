import { expect, test } from 'vitest'
import { createRates } from '../../../lib/serving/rates'
import { Refusal } from '../../../lib/serving/refusal'

const caller = { workspaceId: 'w', tokenId: 'a', rate: { perSecond: 2, burst: 3 } }

function byHand() {
  let now = 0
  const rates = createRates(() => now)
  /** Whether a request passes, after so many milliseconds. */
  const pass = (ms: number, who = caller) => {
    now += ms
    try {
      rates.take(who)
      return true
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
  return { ...rates, pass }
}

test('a burst passes, then as many as the rate says', () => {
  const { pass } = byHand()
  const passed = [0, 0, 0, 0, 499, 1, 400, 100].map((ms) => pass(ms) === true)
  expect(passed).toEqual([true, true, true, false, false, true, false, true])
})

test('a refusal says when to try again, how much there is and what is left', () => {
  const { pass } = byHand()
  for (let i = 0; i < 3; i++) pass(0)
  const { status, code, message, headers } = pass(0) as Refusal
  expect({ status, code, message, headers }).toEqual({
    status: 429,
    code: 'rate_limited',
    message: 'this key may send 2 requests a second and 3 at once; try again in 1 s',
    headers: {
      'retry-after': '1',
      'ratelimit-policy': '"key";q=3;w=2',
      ratelimit: '"key";r=0;t=2',
    },
  })
})

test('what passes is told how its key stands, a key without a rate nothing', () => {
  const { pass, headers } = byHand()
  pass(0)
  expect(headers(caller)).toEqual({ 'ratelimit-policy': '"key";q=3;w=2', ratelimit: '"key";r=2;t=1' })
  const free = { workspaceId: 'w', tokenId: 'b', rate: null }
  expect([byHand().pass(0, free as never), headers(free)]).toEqual([true, undefined])
})

test('keys do not count for each other', () => {
  const { pass } = byHand()
  for (let i = 0; i < 3; i++) pass(0)
  expect([pass(0) === true, pass(0, { ...caller, tokenId: 'b' })]).toEqual([false, true])
})

test('a time without requests gives the burst back and no more', () => {
  const { pass } = byHand()
  for (let i = 0; i < 3; i++) pass(0)
  const passed = [3_600_000, 0, 0, 0].map((ms) => pass(ms) === true)
  expect(passed).toEqual([true, true, true, false])
})
