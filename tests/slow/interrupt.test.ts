import { expect, test } from 'vitest'
import { scenarios, startForScenario, stopScenario } from '../support/interrupts'

const tries = 50

test.each(scenarios)(
  '$sentence stops fifty times of fifty',
  async (scenario) => {
    const kernel = await startForScenario(scenario)
    for (let i = 0; i < tries; i++) {
      const { ms, ...outcome } = await stopScenario(kernel, scenario, 80 + Math.random() * 120)
      expect(outcome).toEqual({ state: 'interrupted', word: 'stopped', kept: '42', after: 'true' })
      expect(ms).toBeLessThan(2000)
    }
    await kernel.close()
  },
  120_000,
)
