import { expect, test } from 'vitest'
import { startKernel } from '../../support/kernel'

test('the quickest of ten starts takes less than 150 ms', async () => {
  const starts: number[] = []
  for (let i = 0; i < 10; i++) {
    const kernel = await startKernel()
    starts.push(kernel.readyMs)
    await kernel.close()
  }
  expect(Math.min(...starts)).toBeLessThan(150)
})
