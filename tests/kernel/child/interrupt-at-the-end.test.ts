import { expect, test } from 'vitest'
import { startKernel } from '../../support/kernel'

/**
 * Fails about once in a hundred Stops: a termination asked for in the last moment of a cell can reach the cell after it,
 * whose end is then never said until it is stopped too.
 */
test('a termination that lands as a cell ends loses no end', async () => {
  const kernel = await startKernel()
  await kernel.run('const kept = 42')
  for (let i = 0; i < 20; i++) {
    const until = 60 + 150 + (i - 10) * 0.4
    const { n, ended } = kernel.start(
      `const until = performance.now() + ${until}; while (performance.now() < until); 7`,
      'b',
    )
    await new Promise((done) => setTimeout(done, 60))
    const word = kernel.interrupt(n)
    expect(['done', 'interrupted']).toContain((await ended).state)
    expect(await word).toBe('stopped')
    expect((await kernel.run('await new Promise(r => setTimeout(r, 5)); kept', 'c')).text).toBe('42')
  }
  await kernel.close()
})
