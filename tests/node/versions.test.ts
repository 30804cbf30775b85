import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUp } from '../../bench/client'
import { startCellar } from '../support/cellar'
import { newKey, predict, promoteEndpoint } from '../support/endpoint'
import { scenarios, startForScenario, stopScenario } from '../support/interrupts'
import { startKernel } from '../support/kernel'
import { fetchNode } from '../support/nodes'
import { newPage } from '../support/page'
import { root } from '../support/paths'

const training = `// %%
import * as aq from 'arquero'
import * as tf from '@tensorflow/tfjs-node'
const table = aq.table({ x: [0, 1, 2, 3], y: [1, 3, 5, 7] })
console.log(process.version, tf.getBackend(), table.numRows())

// %%
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
const [xs, ys] = ['x', 'y'].map((name) => tf.tensor2d([...table.array(name)], [4, 1]))
await model.fit(xs, ys, { epochs: 200, batchSize: 4 })
console.log((model.predict(tf.tensor2d([[10]])) as tf.Tensor).dataSync()[0].toFixed(2))
`
/** Slow ones and near doubles of others are left to `npm test`. */
const stops = scenarios.filter(({ sentence }) =>
  [
    'a spin',
    'a spin after a file was read',
    'an asynchronous loop, which ends',
    'microtasks without end',
    'a spin in a timeout',
    'a spin in a listener',
    'printing without end',
    'a training of a thousand epochs',
    'a spin in tf.tidy',
  ].includes(sentence),
)
const firstSafeWithStorage = 24

const folder = mkdtempSync(path.join(root, 'node_modules/.nodes-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(['22', '24', 'latest'])('Node %s', (line) => {
  let version: string
  let node: string
  beforeAll(async () => {
    ;({ version, node } = await fetchNode(line))
  }, 300_000)

  test('a notebook trains on native TensorFlow', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'training.ts')
    writeFileSync(file, training)
    const { stdout } = await promisify(execFile)(node, [path.join(root, 'bin/cellar'), 'run', file])
    const lines = stdout.trim().split('\n')
    expect(lines).toContain(`${version} tensorflow 4`)
    expect(lines.at(-1)).toBe('21.00')
  })

  test('a kernel runs on it while Cellar runs on another', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'other.ts')
    writeFileSync(file, training)
    const command = [path.join(root, 'bin/cellar'), 'run', file]
    const env = { ...process.env, CELLAR_KERNEL_NODE: node }
    const { stdout } = await promisify(execFile)(process.execPath, command, { env })
    const lines = stdout.trim().split('\n')
    expect([lines.includes(`${version} tensorflow 4`), lines.at(-1)]).toEqual([true, '21.00'])
  })

  test('the version of the library is the pinned one', async () => {
    const kernel = await startKernel({ node })
    await kernel.run("import '@tensorflow/tfjs-node'")
    expect(await kernel.messageThat(({ type }) => type === 'backend')).toEqual({
      type: 'backend',
      backend: { name: 'tensorflow', version: '2.21.0' },
    })
    await kernel.close()
  })

  test.each(stops)('$sentence stops within two seconds, and what was there is kept', async (scenario) => {
    const kernel = await startForScenario(scenario, node)
    const { ms, ...outcome } = await stopScenario(kernel, scenario, 150)
    expect(outcome).toEqual({ state: 'interrupted', word: 'stopped', kept: '42', after: 'true' })
    expect(ms).toBeLessThan(2000)
    await kernel.close()
  })

  test('a Stop with AsyncLocalStorage in use keeps the kernel, or the cell was warned', async () => {
    const kernel = await startKernel({ node })
    await kernel.run('const kept = 42')
    const { n, ended } = kernel.start(`const { AsyncLocalStorage } = await import('node:async_hooks')
const storage = new AsyncLocalStorage()
await storage.run({ id: 1 }, async () => { await new Promise(r => setTimeout(r, 10)); console.log('spins'); for(;;){} })`)
    await expect.poll(() => kernel.textOf(n).stdout).toBe('spins\n')
    if (Number.parseInt(version.slice(1), 10) < firstSafeWithStorage) {
      expect(kernel.textOf(n).stderr).toContain('stopping a cell may then end the kernel')
    } else {
      const word = kernel.interrupt(n)
      expect((await ended).state).toBe('interrupted')
      expect(await word).toBe('stopped')
      expect((await kernel.run('kept')).text).toBe('42')
    }
    await kernel.close()
  })

  test('all of Cellar starts: a cell promotes a function, and its endpoint answers', {
    timeout: 600_000,
  }, async () => {
    const cellar = await startCellar({ node })
    try {
      const person = await signUp(cellar.origin)
      const page = await newPage(person)
      expect(await page.value('process.version')).toBe(`'${version}'`)
      await promoteEndpoint(page, 'prices')
      const { token } = await newKey(person)
      const record = { size: 3, colour: 'blue', note: null }
      const answer = await predict(cellar.origin, 'prices', record, { authorization: `Bearer ${token}` })
      expect(answer).toMatchObject({ status: 200, body: { predictions: [{ price: 30 }] } })
      page.close()
    } finally {
      await cellar.stop()
    }
  })
})
