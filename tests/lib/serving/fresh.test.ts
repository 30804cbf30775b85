import { expect, test } from 'vitest'
import { createFresh } from '../../../lib/serving/fresh'

/** Values kept for a second by a clock set by hand; each reading counts up. */
function byHand() {
  let time = 0
  let readings = 0
  const fresh = createFresh<number>(1000, { now: () => time })
  const read = () => fresh.get('key', async () => ++readings)
  return { fresh, read, at: (ms: number) => (time = ms) }
}

test('callers that come together share one reading', async () => {
  const { read } = byHand()
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1])
})

test('a young value is at hand at once', async () => {
  const { read, at } = byHand()
  await read()
  at(499)
  expect(read()).toBe(1)
})

test('a value past half of its age is given out, and read again for the next', async () => {
  const { read, at } = byHand()
  await read()
  at(500)
  expect(read()).toBe(1)
  await Promise.resolve()
  await Promise.resolve()
  expect(read()).toBe(2)
})

test('a value of full age is never given out', async () => {
  const { read, at } = byHand()
  await read()
  at(1000)
  expect(await read()).toBe(2)
})

test('a reading that fails is kept for nobody, and takes the old value along', async () => {
  const { fresh, read, at } = byHand()
  await read()
  at(600)
  const failing = () => fresh.get('key', () => Promise.reject(new Error('revoked')))
  expect(failing()).toBe(1)
  await new Promise((done) => setImmediate(done))
  await expect(failing()).rejects.toThrow('revoked')
  expect(await read()).toBe(2)
})
