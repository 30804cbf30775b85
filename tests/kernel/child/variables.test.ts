import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inspected, Variables } from '../../../lib/protocol/variables'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

const list = () => kernel.ask({ type: 'ask', method: 'variables', params: {} }) as Promise<Variables>
const inside = (name: string, path: number[] = [], from = 0) =>
  kernel.ask({ type: 'ask', method: 'variables.inspect', params: { name, path, from } }) as Promise<Inspected>
const run = async (source: string, cell?: string) => {
  const { error } = await kernel.run(source, cell)
  if (error) throw new Error(error.evalue)
}
/** The summaries of these names. */
const summaries = async (...names: string[]) => {
  const { variables } = await list()
  return names.map((name) => variables.find((each) => each.name === name))
}

test('the newest comes first, with the cell that made it; imported names are counted', async () => {
  await run("import * as aq from 'arquero'; import { sql as ask } from 'cellar'", 'a')
  await run('const one = 1', 'b')
  await run('let two = "zwei"', 'c')
  await run('const one = 3', 'b')
  expect(await list()).toEqual({
    variables: [
      { name: 'one', cellId: 'b', kind: 'value', type: 'number', preview: '3', inside: false },
      { name: 'two', cellId: 'c', kind: 'value', type: 'string', preview: '"zwei"', inside: false },
    ],
    imports: 2,
    more: 0,
  })
})

test('values of every kind in few words', async () => {
  await run(`const many = aq.table({ n: new Float64Array(1_000_000), s: new Int32Array(1_000_000) })
const few = aq.table({ name: ['a'] })
const list = [1, 2, { a: 1 }], typed = new Float32Array(3), map = new Map([[1, 'x']]), set = new Set()
const long = 'x'.repeat(1000), nothing = undefined, none = null, big = 5n
async function load(name: string, times = 2) { return name }
class Person { constructor(public name: string) {} }
const ada = new Person('Ada'), failure = new RangeError('too far'), day = new Date(0)`)
  expect(
    await summaries(
      ...['many', 'few', 'list', 'typed', 'map', 'set', 'long', 'nothing', 'none', 'big', 'load', 'Person'],
      ...['ada', 'failure', 'day'],
    ),
  ).toMatchObject([
    { kind: 'table', type: 'table', shape: '1,000,000 × 2', bytes: 12_000_000, preview: 'n, s' },
    { kind: 'table', type: 'table', shape: '1 × 1', preview: 'name' },
    { kind: 'list', type: 'Array', shape: '3 items', preview: '[ 1, 2, [object] ]', inside: true },
    { kind: 'list', type: 'Float32Array', shape: '3 items', bytes: 12 },
    { kind: 'list', type: 'Map', shape: '1 entry', preview: "{ 1 => 'x' }" },
    { kind: 'list', type: 'Set', shape: '0 items' },
    { kind: 'value', type: 'string', shape: '1,000 characters', preview: `"${'x'.repeat(120)}…` },
    { kind: 'missing', type: 'undefined' },
    { kind: 'missing', type: 'null' },
    { kind: 'value', type: 'bigint', preview: '5n' },
    { kind: 'function', type: 'function', preview: 'async function load(name, times = 2)' },
    { kind: 'function', type: 'class', preview: 'class Person' },
    { kind: 'object', type: 'Person', preview: "{ name: 'Ada' }", inside: true },
    { kind: 'object', type: 'RangeError', preview: 'too far' },
    { kind: 'value', type: 'Date', preview: '1970-01-01T00:00:00.000Z', inside: false },
  ])
})

test('tensors have their shape and type, models their parameters', async () => {
  await run(`import * as tf from '@tensorflow/tfjs-node'
const x = tf.zeros([2, 3]), gone = tf.zeros([4]); gone.dispose()
const w = tf.variable(tf.ones([5], 'int32'))
const model = tf.sequential({ layers: [tf.layers.dense({ name: 'hidden', units: 4, inputShape: [3] }), tf.layers.dense({ name: 'out', units: 1 })] })`)
  expect(await summaries('x', 'gone', 'w', 'model')).toMatchObject([
    { kind: 'tensor', type: 'tensor float32', shape: '[2, 3]', bytes: 24 },
    { kind: 'tensor', type: 'tensor float32', shape: '[4]', preview: 'disposed' },
    { kind: 'tensor', type: 'variable int32', shape: '[5]', bytes: 20 },
    { kind: 'model', type: 'Sequential', shape: '21 parameters', bytes: 84, preview: 'hidden → out' },
  ])
})

test('no getter, proxy or method of the person runs', async () => {
  await run(`let calls = 0
const tricky = { get x() { calls++; return 1 }, get shape() { calls++; return [1] }, get columnNames() { calls++ } }
const proxied = new Proxy({ a: 1 }, { get() { calls++ }, ownKeys() { calls++; return [] }, getOwnPropertyDescriptor() { calls++; return undefined } })
class Sly { static get name() { calls++; return 'x' } toString() { calls++; return '' } [Symbol.for('nodejs.util.inspect.custom')]() { calls++; return '' } }
const sly = new Sly()`)
  // The search for tensors that nothing holds any more did look behind the proxy.
  const before = await summaries('calls')
  expect(await summaries('tricky', 'proxied')).toMatchObject([
    { type: 'object', preview: '{ x: [getter], shape: [getter], columnNames: [getter] }' },
    { type: 'Proxy', inside: false },
  ])
  await inside('tricky')
  await inside('proxied')
  expect(await summaries('calls')).toEqual(before)
})

test('a variable unfolds level by level, a hundred entries at a time', async () => {
  await run(
    'const deep = { rows: Array.from({ length: 250 }, (_, i) => ({ i })), size: 2, get late() { return 1 } }',
  )
  expect((await inside('deep')).entries.map(({ key, type, shape }) => [key, type, shape])).toEqual([
    ['rows', 'Array', '250 items'],
    ['size', 'number', undefined],
    ['late', 'getter', undefined],
  ])
  const rows = await inside('deep', [0], 200)
  expect([rows.total, rows.entries.length, rows.entries[0]]).toEqual([
    250,
    50,
    { key: '200', kind: 'object', type: 'object', preview: '{ i: 200 }', inside: true },
  ])
  expect(await inside('deep', [0, 249])).toMatchObject({ entries: [{ key: 'i', preview: '249' }], total: 1 })
  await expect(inside('nobody')).rejects.toThrow('no variable has this name any more: nobody')
  await expect(inside('deep', [9])).rejects.toThrow('the value of deep has changed')
})

test('a million rows are not walked through', async () => {
  await run('const objects = Array.from({ length: 1_000_000 }, (_, i) => ({ i }))')
  await list()
  const times: number[] = []
  for (let i = 0; i < 10; i++) {
    const began = performance.now()
    await list()
    times.push(performance.now() - began)
  }
  expect(Math.min(...times)).toBeLessThan(100)
})

test('what a deleted cell defined is gone', async () => {
  kernel.send({ type: 'forget', cellId: 'c' })
  expect(await summaries('two')).toEqual([undefined])
})
