import type { Person } from './client'
import type { Figure } from './kit'
import { load } from './load'
import { newToken, promoteCell } from './promote'

const endpoint = 'bench-busy'
const deadlineMs = 1000

/** Two milliseconds of work in each call. */
const cell = `import { promote } from 'cellar'
const predict = (records) => {
  for (const until = performance.now() + 2; performance.now() < until; );
  return records.map(({ x }) => ({ twice: 2 * x }))
}
await promote('${endpoint}', predict, { data: [{ x: 1 }] })`

/** Five times the load that a model can take, of which each call holds one record. */
export async function overload(person: Person, { seconds = 8 } = {}): Promise<Figure[]> {
  await promoteCell(person, cell)
  const token = await newToken(person)
  const limits = { batchSize: 1, deadlineMs, maxWaiting: null, concurrency: null }
  const saved = await person.request(`/api/endpoints/${endpoint}/limits`, {
    ...person.json(limits),
    method: 'PUT',
  })
  if (!saved.ok) throw new Error(`the limits were not saved: ${await saved.text()}`)
  const common = {
    origin: person.origin,
    path: `/api/v1/${endpoint}/predict`,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ x: 1 }),
    seconds,
  }
  const able = await load({ ...common, clients: 4 })
  const over = await load({ ...common, clients: 512, perSecond: 5 * able.perSecond })
  return [
    { name: 'model of 2 ms alone', value: able.perSecond, unit: '/s' },
    {
      name: 'overload: asked, times what it can do',
      value: (over.requests + over.failures) / seconds / able.perSecond,
      unit: '',
    },
    { name: 'overload: answered', value: over.perSecond, unit: '/s' },
    { name: 'overload: answered, p99', value: over.p99Ms, unit: 'ms', bar: { atMost: deadlineMs } },
    {
      name: 'overload: failed without Retry-After',
      value: over.failures - over.refused,
      unit: '',
      bar: { atMost: 0 },
    },
  ]
}
