import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tracked } from '../../../lib/protocol/tracking'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
  await kernel.run("import { track } from 'cellar'\nimport * as aq from 'arquero'")
})
afterAll(() => kernel.close())

/** What a cell recorded, as its runs: the news of each put together. */
async function recorded(source: string) {
  const ended = await kernel.run(source)
  const runs = new Map<
    string,
    { name: string | null; params: object; points: Record<string, unknown[]>; end?: string }
  >()
  for (const message of kernel.messages) {
    if (message.type !== 'track' || message.executionId !== ended.executionId) continue
    const { run, params, points = {}, end }: Tracked = message.news
    const known = runs.get(run.id) ?? { name: run.name, params: {}, points: {} }
    runs.set(run.id, known)
    Object.assign(known.params, params)
    for (const [name, values] of Object.entries(points))
      known.points[name] = [...(known.points[name] ?? []), ...values.map(([, step, value]) => [step, value])]
    if (end) known.end = end.state
  }
  return { ended, runs: [...runs.values()] }
}

test('a cell that records is a run, which ends with it', async () => {
  const { runs } = await recorded(
    "track.params({ rate: 0.1, model: 'cnn', deep: { a: 1 }, none: undefined })\ntrack.metric('loss', 2)\ntrack.metric('loss', NaN)\ntrack.metric('score', 5, 10)",
  )
  expect(runs).toEqual([
    {
      name: null,
      params: { rate: 0.1, model: 'cnn', deep: '{"a":1}', none: null },
      points: {
        loss: [
          [0, 2],
          [1, 'NaN'],
        ],
        score: [[10, 5]],
      },
      end: 'done',
    },
  ])
})

test('each set of parameters can be a run of its own, with its own end', async () => {
  const { runs, ended } = await recorded(`
for (const rate of [1, 2]) await track.run('rate ' + rate, async (run) => {
  run.params({ rate })
  await null
  track.metric('loss', 1 / rate)
})
await track.run('bad', () => { throw new Error('no') }).catch(() => {})`)
  expect(runs).toEqual([
    { name: 'rate 1', params: { rate: 1 }, points: { loss: [[0, 1]] }, end: 'done' },
    { name: 'rate 2', params: { rate: 2 }, points: { loss: [[0, 0.5]] }, end: 'done' },
    { name: 'bad', params: {}, points: {}, end: 'failed' },
  ])
  expect(ended.displays.map((data) => data['text/plain'])).toEqual([
    'run rate 1 is recorded',
    'run rate 2 is recorded',
    'run bad is recorded',
  ])
})

test('a cell that fails has a run that failed', async () => {
  const { runs } = await recorded("track.metric('loss', 1)\nthrow new Error('broken')")
  expect(runs.map(({ end }) => end)).toEqual(['failed'])
})

test('epochs of a training belong to the run of its cell, and a cell without one has none', async () => {
  await kernel.run(`import * as tf from '@tensorflow/tfjs-node'
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
const xs = tf.tensor2d([[1], [2]])`)
  expect((await recorded('await model.fit(xs, xs, { epochs: 1 })')).runs).toEqual([])
  const { runs } = await recorded('track.params({ epochs: 3 })\nawait model.fit(xs, xs, { epochs: 3 })')
  expect(runs[0]?.points.loss?.map((point) => (point as [number])[0])).toEqual([1, 2, 3])
})

test('a loop that records without end keeps its first points, and says so once', async () => {
  const { runs, ended } = await recorded("for (let i = 0; i < 1_000_000; i++) track.metric('i', i)")
  expect([runs[0]?.points.i?.length, runs[0]?.points.i?.at(-1)]).toEqual([200_000, [199_999, 199_999]])
  expect(ended.stderr).toBe('a metric keeps 200,000 points, later ones are left out: i\n')
})

test('artifacts are the files that their values are', async () => {
  const kept: [string, string, string][] = []
  kernel.onCall = (call, bytes) => {
    if (call.method === 'artifact')
      kept.push([call.params.name, call.params.type, Buffer.from(bytes).toString().slice(0, 40)])
    return {}
  }
  const { ended } = await recorded(`
await track.artifact('note', 'hello')
await track.artifact('readme.md', '# hello')
await track.artifact('table', aq.table({ a: [1, 2], b: ['x', 'y'] }))
await track.artifact('facts', { a: 1 })
await track.artifact('raw.bin', new Uint8Array([65, 66]))
await track.artifact('model', model)`)
  expect(ended.error).toBeUndefined()
  expect(kept.map(([name, type]) => [name, type])).toEqual([
    ['note.txt', 'text/plain'],
    ['readme.md', 'text/markdown'],
    ['table.csv', 'text/csv'],
    ['facts.json', 'application/json'],
    ['raw.bin', 'application/octet-stream'],
    ['model/model.json', 'application/json'],
    ['model/weights.bin', 'application/octet-stream'],
  ])
  expect(kept[2]?.[2]).toBe('a,b\r\n1,x\r\n2,y\r\n')
})

test.each([
  ['track.metric("loss", "1")', 'TypeError: a metric is a number, loss is not: 1'],
  ['track.metric("", 1)', 'TypeError: track.metric needs a name first: '],
  ['track.params(3)', 'TypeError: track.params needs an object, such as { rate: 0.1 }: 3'],
  ['await track.artifact("f", () => 1)', 'TypeError: f has no form as a file: function'],
  ['await track.run("x")', 'TypeError: track.run needs a function second: undefined'],
])('%s is refused with a sentence', async (source, sentence) => {
  const { ended } = await recorded(source)
  expect(`${ended.error?.ename}: ${ended.error?.evalue}`).toBe(sentence)
})
