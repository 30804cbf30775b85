import { expect, test } from 'vitest'
import { createMeter } from '../../../kernel/host/stats'

const info = (pid: number, memory: number, cpu: number) => ({ pid, parent: 1, name: 'node', memory, cpu })

test('memory is of all processes, processor time a share since the last reading', () => {
  const meter = createMeter()
  meter.tensors({ tensors: 3, tensorBytes: 120 })
  expect([
    meter.read([info(2, 100, 1), info(3, 50, 0)], 1000),
    meter.read([info(2, 110, 2), info(3, 50, 0.5)], 3000),
    meter.read([info(2, 90, 2)], 5000),
  ]).toEqual([
    { memory: 150, cpu: 0, tensors: 3, tensorBytes: 120 },
    { memory: 160, cpu: 0.75, tensors: 3, tensorBytes: 120 },
    // A process that ended took its half second with it.
    { memory: 90, cpu: 0, tensors: 3, tensorBytes: 120 },
  ])
})
