import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseIpynb } from '../../../lib/notebook/ipynb'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import type { KernelEvent } from '../../../lib/protocol/events'

const folder = mkdtempSync(resolve('node_modules/.headless-'))
mkdirSync(join(folder, 'data'))
writeFileSync(join(folder, 'data', 'points.csv'), 'x,y\n1,2\n3,4\n')
afterAll(() => rmSync(folder, { recursive: true }))

/** `cellar run` of a notebook with this text. */
function run(name: string, text: string, ...args: string[]) {
  return runWith({}, name, text, ...args)
}

/** As `run`, with more in the environment. */
function runWith(env: Record<string, string>, name: string, text: string, ...args: string[]) {
  const file = join(folder, name)
  writeFileSync(file, text)
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const command = [resolve('bin/cellar'), 'run', file, ...args]
    execFile(process.execPath, command, { env: { ...process.env, ...env } }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

test('a notebook runs in its folder, prints what its cells print and show', async () => {
  const text = `// %% [markdown]
// # Points

// %%
import { dataset } from 'cellar'
const points = await dataset('points.csv')
console.log('rows', points.numRows())

// %%
enum Kind { A = 1, B }
const twice = (n: number): number => 2 * n
twice(Kind.B) + points.get('y', 1)
`
  const { code, out } = await run('points.ts', text)
  expect([code, out.split('\n').slice(-3)]).toEqual([0, ['rows 2', '8', '']])
})

test('an error ends the run with its trace, and the cells after it do not run', async () => {
  const text =
    '// %%\nconst a = 1\n\n// %%\nfunction fail(n: number) {\n  throw new RangeError("bad " + n)\n}\nfail(a)\n\n// %%\nconsole.log("never")\n'
  const { code, out, err } = await run('fails.ts', text)
  expect(code).toBe(1)
  expect(out).not.toContain('never')
  expect(err).toContain('RangeError: bad 1')
  expect(err).toContain('cell-c2.ts:2:9')
  expect(err).toContain('cell-c2.ts:4:1')
})

test('cells run after those whose names they use, or as they stand where that is asked', async () => {
  const text = `// %%
console.log('below', later)

// %%
console.log('next')

// %%
const later = 3
console.log('defined')
`
  const { code, out } = await run('order.ts', text)
  expect([code, out.trim().split('\n').slice(-3)]).toEqual([0, ['defined', 'below 3', 'next']])
  const asItStands = await run('order.ts', text, '--page-order')
  expect([asItStands.code, asItStands.out.includes('defined')]).toEqual([1, false])
  expect(asItStands.err).toContain('ReferenceError: later is not defined')
  const asItSays = await run('off.ts', `${text}\n// %% [settings]\n// {"reactivity":"off"}\n`)
  expect([asItSays.code, asItSays.out.includes('defined')]).toEqual([1, false])
})

test('outputs can be kept, as a Jupyter file and as events', async () => {
  const notebook = join(folder, 'kept.ipynb')
  const events = join(folder, 'kept.json')
  const { code } = await run(
    'kept.ts',
    '// %%\nconsole.log("hi")\n6 * 7\n',
    '--ipynb',
    notebook,
    '--events',
    events,
  )
  const { cells, outputs } = parseIpynb(readFileSync(notebook, 'utf8'))
  expect([code, cells, outputs.c1?.outputs]).toEqual([
    0,
    [{ id: 'c1', kind: 'code', source: 'console.log("hi")\n6 * 7' }],
    [
      { output_type: 'stream', name: 'stdout', text: 'hi\n' },
      { output_type: 'execute_result', data: { 'text/plain': '42' }, metadata: {}, execution_count: 1 },
    ],
  ])
  const kept = JSON.parse(readFileSync(events, 'utf8')) as KernelEvent[]
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, i) => i + 1))
  const again = await run('again.ipynb', readFileSync(notebook, 'utf8'))
  expect([again.code, again.out.split('\n').slice(-3)]).toEqual([0, ['hi', '42', '']])
})

test('a cell that ends the process ends the run, and says so', async () => {
  const { code, err } = await run('exits.ts', '// %%\nprocess.exit(5)\n')
  expect([code, err.includes('the kernel died: it ended with exit code 5')]).toEqual([1, true])
})

test('a file that is not there is said to be missing', async () => {
  const missing = await new Promise<string>((done) => {
    execFile(process.execPath, [resolve('bin/cellar'), 'run', 'nowhere.ts'], (_error, _out, err) => done(err))
  })
  expect(missing).toContain('no such notebook: nowhere.ts')
})

test('a training runs on WASM where there is no native TensorFlow, and the kernel says why', async () => {
  const text = `// %%
import * as tf from '@tensorflow/tfjs-node'
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
const [xs, ys] = [tf.tensor2d([[0], [1], [2], [3]]), tf.tensor2d([[1], [3], [5], [7]])]
await model.fit(xs, ys, { epochs: 200, batchSize: 4 })
console.log(tf.getBackend(), (model.predict(tf.tensor2d([[10]])) as tf.Tensor).dataSync()[0].toFixed(2))
`
  const events = join(folder, 'wasm.json')
  const { code, out } = await runWith({ CELLAR_TF: 'wasm' }, 'wasm.ts', text, '--events', events)
  expect([code, out.trim().split('\n').at(-1)]).toEqual([0, 'wasm 21.00'])
  const kept = JSON.parse(readFileSync(events, 'utf8')) as KernelEvent[]
  const { kernel } = kept.reduce(applyEvent, emptyState())
  expect(kernel.backend).toEqual({ name: 'wasm', version: '4.22.0', reason: 'CELLAR_TF=wasm asks for it' })
})

test('npm: imports and the packages of its file are there, and the file stays as it is', async () => {
  const text = "// %%\nimport leftPad from 'npm:left-pad@1.3.0'\nleftPad('5', 3, '0')\n"
  const { code, out } = await run('packages.ts', text)
  expect([code, out.split('\n').slice(-2), readFileSync(join(folder, 'packages.ts'), 'utf8')]).toEqual([
    0,
    ["'005'", ''],
    text,
  ])
})
