import { readFile } from 'node:fs/promises'
import type { Person } from './client'
import { type Figure, quantile } from './kit'
import { newToken, promoteCell } from './promote'

/** More than a worker keeps, so that each is loaded anew when its turn comes again. */
const versions = 12
const loads = 200

/** One function under many names: each version has a process of its own, however alike they are. */
const cell = `import { promote } from 'cellar'
const add = (records) => records.map(({ x }) => ({ sum: x + 1 }))
for (let i = 0; i < ${versions}; i++) await promote(\`bench-load-\${i}\`, add, { data: [{ x: 1 }] })`

/** Models that a worker loads and lets go, in turn, through the public port. */
export async function manyLoads(person: Person, workerPid: number): Promise<Figure[]> {
  await promoteCell(person, cell)
  const token = await newToken(person)
  const ask = async (i: number) => {
    const began = performance.now()
    const answer = await person.request(`/api/v1/bench-load-${i % versions}/predict`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"x":1}',
    })
    if (!answer.ok) throw new Error(`a prediction answered ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
    return performance.now() - began
  }
  const times: number[] = []
  // What the first loads leave is the engine's code and caches.
  for (let i = 0; i < 4 * versions; i++) await ask(i)
  const before = await residentMiB(workerPid)
  for (let i = 0; i < loads; i++) times.push(await ask(i))
  const after = await residentMiB(workerPid)
  return [
    { name: 'a model that has to be loaded, p50', value: quantile(times, 0.5), unit: 'ms' },
    {
      name: `memory of the worker after ${loads} loads, more than before`,
      value: after - before,
      unit: 'MiB',
      bar: { atMost: 16 },
    },
  ]
}

async function residentMiB(pid: number) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
