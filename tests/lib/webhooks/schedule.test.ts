import { expect, test } from 'vitest'
import { waitAfter } from '../../../lib/webhooks/schedule'

test('a report is sent ten times within some three days, later and later', () => {
  const waits = Array.from({ length: 10 }, (_, i) => waitAfter(i + 1, () => 0.5))
  expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined])
})

test('those that failed together do not come back together', () => {
  expect([waitAfter(2, () => 0), waitAfter(2, () => 0.999)]).toEqual([270, expect.closeTo(330, 0)])
})
