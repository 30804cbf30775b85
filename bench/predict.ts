import type { Person } from './client'
import type { Figure } from './kit'
import { load } from './load'
import { servePeers } from './peers/serving'
import { newToken, promoteCell } from './promote'

export const endpoint = 'bench-dense'
export const record = [0.1, -0.4, 0.7, 1.2, -0.9, 0.3, 0, 2.1, -1.5, 0.6]

/** A dense network 10→64→64→3, as its peers served it; its weights do not matter for its speed. */
const cell = `import * as tf from '@tensorflow/tfjs-node'
import { promote } from 'cellar'
const model = tf.sequential({ layers: [
  tf.layers.dense({ inputShape: [10], units: 64, activation: 'relu' }),
  tf.layers.dense({ units: 64, activation: 'relu' }),
  tf.layers.dense({ units: 3, activation: 'softmax' }),
] })
await promote('${endpoint}', model)`

/**
 * Predictions as an application asks for them: through the public port, with key, validation and logging on. First one
 * client, then 64, then the peers in the same way.
 */
export async function predict(
  person: Person,
  say: (line: string) => void,
  { seconds = 8 } = {},
): Promise<Figure[]> {
  const token = await promoteDense(person)
  const common = {
    origin: person.origin,
    path: `/api/v1/${endpoint}/predict`,
    seconds,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(record),
  }
  const one = await load({ ...common, clients: 1 })
  const many = await load({ ...common, clients: 64 })
  if (one.failures + many.failures > 0) throw new Error(`${one.failures + many.failures} predictions failed`)
  const peers = Object.entries(await servePeers(record, seconds / 2, say))
  const oneMs = Object.fromEntries(peers.map(([name, served]) => [name, served.oneMs]))
  const manyPerS = Object.fromEntries(peers.map(([name, served]) => [name, served.manyPerS]))
  return [
    { name: 'predict, 1 client, p50', value: one.p50Ms, unit: 'ms', bar: { atMost: 1.4 }, peers: oneMs },
    { name: 'predict, 1 client, p99', value: one.p99Ms, unit: 'ms' },
    {
      name: 'predict, 64 clients',
      value: many.perSecond,
      unit: '/s',
      bar: { atLeast: 10_000 },
      peers: manyPerS,
    },
    { name: 'predict, 64 clients, p50', value: many.p50Ms, unit: 'ms' },
    { name: 'predict, 64 clients, p99', value: many.p99Ms, unit: 'ms', bar: { atMost: 25 } },
  ]
}

/** Promotes the network, and makes a key for it. */
export async function promoteDense(person: Person): Promise<string> {
  await promoteCell(person, cell)
  return newToken(person)
}
