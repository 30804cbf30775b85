import { expect, test } from 'vitest'
import { createCpuLoad } from '../../../lib/reports/cpu-load'

test('The load is the busy share since the last call, and the last one where no time has passed', () => {
  const times = [
    { busy: 1000, all: 4000 },
    { busy: 1900, all: 5000 },
    { busy: 1900, all: 5000 },
    { busy: 1900, all: 7000 },
  ]
  const load = createCpuLoad(() => times.shift()!)
  expect([load(), load(), load(), load()]).toEqual([0.25, 0.9, 0.9, 0])
})
