import { expect, test } from 'vitest'
import { connectRedis } from '../../lib/redis'
import { ownRedis } from './redis'

test('each that asks has a database of Redis for itself, in which nothing is', async () => {
  const urls = [await ownRedis(), await ownRedis(), await ownRedis()]
  expect(new Set(urls).size).toBe(3)
  const [first, second] = urls.map((url) => connectRedis(url))
  await first!.set('key', 'value')
  expect([await first!.dbsize(), await second!.dbsize()]).toEqual([1, 0])
  first!.disconnect()
  second!.disconnect()
})
