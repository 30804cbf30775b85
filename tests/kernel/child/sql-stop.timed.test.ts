import { expect, test } from 'vitest'
import { startKernel } from '../../support/kernel'

test('a stopped query ends at once, and variables and tables are still there', async () => {
  const kernel = await startKernel()
  await kernel.run(`import { sql } from 'cellar'
import * as aq from 'arquero'
const people = aq.table({ name: ['Ada', 'Bob', null, 'Zoë'] })
await sql\`FROM people\``)
  const { n, ended } = kernel.start(
    'console.log("on"); await sql`SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3`',
  )
  await expect.poll(() => kernel.textOf(n).stdout, { interval: 10 }).toBe('on\n')
  // The query itself says nothing; it takes hours.
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  expect(await kernel.interrupt(n)).toBe('stopped')
  expect((await ended).state).toBe('interrupted')
  expect(performance.now() - began).toBeLessThan(2000)
  expect((await kernel.run('(await sql`SELECT count(*) AS n FROM people`).objects()')).text).toBe(
    '[ { n: 4 } ]',
  )
  await kernel.close()
})
