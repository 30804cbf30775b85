import type { Person } from './client'
import { type Figure, quantile } from './kit'
import { newToken, promoteCell } from './promote'
import { residentMiB } from './resident'

/** More than a worker keeps, so that each is loaded anew when its turn comes again. */
const versions = 12
/** Fewer than a worker keeps: what was promoted is still there when it is asked. */
const fresh = 6

/** A network behind a function that tells, when asked with -1, how many tensors there are in its process. */
const cell = (name: string, count: number) => `import * as tf from '@tensorflow/tfjs-node'
import { promote } from 'cellar'
const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 8 }), tf.layers.dense({ units: 1 })] })
const ask = (records) => {
  const sums = tf.tidy(() => [...model.predict(tf.tensor2d(records.map(({ x }) => [x]))).dataSync()])
  return records.map(({ x }, i) => ({ sum: sums[i], tensors: x === -1 ? tf.memory().numTensors : 0 }))
}
for (let i = 0; i < ${count}; i++) await promote(\`${name}-\${i}\`, ask, { data: [{ x: 1 }] })`

/** Models that a worker loads and lets go, in turn, through the public port. */
export async function manyLoads(
  person: Person,
  { web, worker }: { web: number; worker: number },
  { loads = 200 } = {},
): Promise<Figure[]> {
  await promoteCell(person, cell('bench-load', versions))
  const token = await newToken(person)
  const ask = async (endpoint: string) => {
    const began = performance.now()
    const answer = await person.request(`/api/v1/${endpoint}/predict`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"x":-1}',
    })
    if (!answer.ok) throw new Error(`a prediction answered ${answer.status}: ${await answer.text()}`)
    const { predictions } = (await answer.json()) as { predictions: [{ tensors: number }] }
    return { ms: performance.now() - began, tensors: predictions[0].tensors }
  }
  const times: number[] = []
  const tensors: number[] = []
  // What the first loads leave is the engine's code and caches.
  for (let i = 0; i < 4 * versions; i++) await ask(`bench-load-${i % versions}`)
  const before = { web: await residentMiB(web), worker: await residentMiB(worker) }
  for (let i = 0; i < loads; i++) {
    const answer = await ask(`bench-load-${i % versions}`)
    times.push(answer.ms)
    tensors.push(answer.tensors)
  }
  const more = (name: 'web' | 'worker', after: number): Figure => ({
    name: `memory of the ${name} after ${loads} loads, more than before`,
    value: after - before[name],
    unit: 'MiB',
    bar: { atMost: 16 },
  })
  const figures: Figure[] = [
    { name: 'a model that has to be loaded, p50', value: quantile(times, 0.5), unit: 'ms' },
    more('web', await residentMiB(web)),
    more('worker', await residentMiB(worker)),
    {
      name: `numTensors over ${loads} loads, most less least`,
      value: Math.max(...tensors) - Math.min(...tensors),
      unit: '',
      bar: { atMost: 0 },
    },
  ]
  return [...figures, ...(await firstRequests(person, ask))]
}

/** The first request to each of some models that were just promoted, beside the next ones. */
async function firstRequests(person: Person, ask: (endpoint: string) => Promise<{ ms: number }>) {
  await promoteCell(person, cell('bench-first', fresh))
  const firsts: number[] = []
  const warm: number[] = []
  for (let i = 0; i < fresh; i++) firsts.push((await ask(`bench-first-${i}`)).ms)
  for (let i = 0; i < 100 * fresh; i++) warm.push((await ask(`bench-first-${i % fresh}`)).ms)
  const [first, next] = [quantile(firsts, 0.5), quantile(warm, 0.5)]
  const figures: Figure[] = [
    { name: 'first request after a load, p50', value: first, unit: 'ms' },
    { name: 'the next ones, p50', value: next, unit: 'ms' },
    { name: 'first request, times a next one', value: first / next, unit: '', bar: { atMost: 2 } },
  ]
  return figures
}
