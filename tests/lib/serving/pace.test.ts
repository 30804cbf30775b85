import { expect, test } from 'vitest'
import { createPace } from '../../../lib/serving/pace'

/** The sizes of jobs, one after the other, of a model that takes so long for each record. */
function sizes(msPerRecord: number, jobs: number) {
  const pace = createPace({ targetMs: 8, maxRecords: 512 })
  return Array.from({ length: jobs }, () => {
    const size = pace.most('lane')
    pace.saw('lane', size, size * msPerRecord)
    return size
  })
}

test('jobs of a fast model double up to the most', () => {
  expect(sizes(0.001, 7)).toEqual([16, 32, 64, 128, 256, 512, 512])
})

test('jobs of a slow model shrink to what it does in the set time', () => {
  expect(sizes(2, 4)).toEqual([16, 4, 4, 4])
})

test('a model that takes longer than that for one record gets one', () => {
  expect(sizes(300, 3)).toEqual([16, 1, 1])
})

test('a small job says nothing of larger ones, unless it was slow itself', () => {
  const pace = createPace({ targetMs: 8, maxRecords: 512 })
  pace.saw('lane', 1, 0.1)
  expect(pace.most('lane')).toBe(16)
  pace.saw('lane', 2, 8)
  expect(pace.most('lane')).toBe(2)
})
