import { expect, test } from 'vitest'
import { startKernel } from '../support/kernel'

test('300 terminations that land as a cell ends lose no end', async () => {
  const kernel = await startKernel()
  await kernel.run('const kept = 42')
  const words: string[] = []
  for (let i = 0; i < 300; i++) {
    // From 4 ms before the supervisor's termination, 150 ms after the Stop, to 4 ms after it.
    const until = 30 + 150 + ((i % 20) - 10) * 0.4
    const spin = `const until = performance.now() + ${until}; while (performance.now() < until); 7`
    const waiting = `await new Promise((done) => setTimeout(done)); ${spin}`
    const { n, ended } = kernel.start(i % 2 ? spin : waiting, 'b')
    await new Promise((done) => setTimeout(done, 30))
    const word = kernel.interrupt(n)
    expect(['done', 'interrupted']).toContain((await ended).state)
    words.push(await word)
    expect((await kernel.run('await new Promise(r => setTimeout(r, 2)); kept', 'c')).text).toBe('42')
  }
  expect(words).toEqual(Array(300).fill('stopped'))
  await kernel.close()
}, 300_000)
