import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { machineSample } from '../../../lib/protocol/report'
import { gpusOf, sampleMachine } from '../../../lib/reports/machine-sample'

test('of graphics controllers those are GPUs that say how they do, with memory in bytes', () => {
  expect(
    gpusOf([
      { model: 'Red Hat QXL paravirtual graphic card' },
      {
        model: 'H200',
        name: 'NVIDIA H200',
        memoryTotal: 143_771,
        memoryUsed: 1024,
        utilizationGpu: 37,
        temperatureGpu: 41,
      },
      { model: 'Old card', memoryTotal: 2048 },
    ]),
  ).toEqual([
    {
      name: 'NVIDIA H200',
      busy: 0.37,
      memory: { used: 1_073_741_824, total: 150_754_820_096 },
      temperature: 41,
    },
    { name: 'Old card', busy: null, memory: { used: 0, total: 2_147_483_648 }, temperature: null },
  ])
})

test('this machine can be sampled: memory and disk are used in part', async () => {
  const sample = machineSample.parse(await sampleMachine(tmpdir(), 'Linux'))
  const partly = ({ used, total }: { used: number; total: number }) => used > 0 && used < total
  expect([
    partly(sample.memory),
    partly(sample.disk!),
    sample.cpus >= 1,
    sample.cpu >= 0 && sample.cpu <= 1,
  ]).toEqual([true, true, true, true])
})
