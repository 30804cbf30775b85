// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChildMessage } from '../../../lib/protocol/kernel'
import { startKernel, type TestKernel } from '../../support/kernel'

const training = 'application/vnd.cellar.training+json'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
  await kernel.run("import * as tf from '@tensorflow/tfjs-node'", 'import')
})
afterAll(() => kernel.close())

const count = async () => Number((await kernel.run('tf.memory().numTensors', 'count')).text)

test('the kernel says which TensorFlow it has', async () => {
  expect(await kernel.messageThat(({ type }) => type === 'backend')).toEqual({
    type: 'backend',
    backend: { name: 'tensorflow', version: '2.21.0' },
  })
  expect((await kernel.run('tf.getBackend()')).text).toBe("'tensorflow'")
})

test('tensors that a cell made go when it runs again', async () => {
  const source =
    'const held = tf.ones([4]); const sum = held.add(1).mul(2); tf.zeros([3]); [tf.scalar(1)].length'
  await kernel.run(source, 'maker')
  const first = await count()
  for (let i = 0; i < 5; i++) await kernel.run(source, 'maker')
  expect(await count()).toBe(first)
  expect((await kernel.run('[...held.dataSync(), ...sum.dataSync()].join()')).text).toBe("'1,1,1,1,4,4,4,4'")
})

test('what another cell still reaches stays', async () => {
  await kernel.run('let shared = tf.tensor1d([1, 2])', 'source')
  await kernel.run('const box = { inner: new Map([["t", shared]]) }', 'keeper')
  await kernel.run('let shared = tf.tensor1d([3])', 'source')
  expect((await kernel.run('box.inner.get("t").arraySync().join()')).text).toBe("'1,2'")
  await kernel.run('0', 'keeper')
  const before = await count()
  await kernel.run('let shared = tf.tensor1d([3])', 'source')
  expect(await count()).toBe(before - 1)
})

test('a deleted cell takes its tensors along', async () => {
  const before = await count()
  await kernel.run('const soon = tf.ones([10])', 'deleted')
  kernel.send({ type: 'forget', cellId: 'deleted' })
  expect(await count()).toBe(before)
})

const trainer = `const xs = tf.ones([64, 2]); const ys = tf.ones([64, 1])
const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [2] }), tf.layers.dense({ units: 1 })] })
model.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mse'] })
await model.fit(xs, ys, { epochs: 3, batchSize: 16, validationSplit: 0.25 })
model`

test('its stop button ends a training after a batch: the cell goes on with model and history', async () => {
  const long = trainer
    .replace('epochs: 3', "epochs: 100_000, yieldEvery: 'never'")
    .replace('await model', 'const history = await model')
    .replace(/model$/, ';[history.epoch.length > 0, model.predict(xs).shape]')
  const { ended } = kernel.start(long, 'long')
  const shown = await kernel.messageThat(
    (message) => message.type === 'display' && message.cellId === 'long' && message.update === true,
  )
  const { id } = (shown as Extract<ChildMessage, { type: 'display' }>).data[training] as { id: string }
  const stop = () => kernel.ask({ type: 'ask', method: 'training.stop', params: { id } })
  expect(await stop()).toEqual({ stopped: true })
  const { state, text, displays } = await ended
  expect([state, text]).toEqual(['done', '[ true, [ 64, 1 ] ]'])
  expect(displays.at(-1)![training]).toMatchObject({ state: 'stopped', epochs: 100_000 })
  expect(await stop()).toEqual({ stopped: false })
})

test('a training shows a card without any code for it', async () => {
  const { displays, stdout, result } = await kernel.run(trainer, 'trainer')
  expect(displays[0]![training]).toMatchObject({ state: 'running', epochs: 3, epoch: 0, batches: 3 })
  const last = displays.at(-1)![training] as { history: Record<string, number[]>; batchLoss: number[][] }
  expect(last).toMatchObject({ state: 'done', epochs: 3, epoch: 3, batch: 3, rate: expect.any(Number) })
  expect(Object.entries(last.history).map(([name, values]) => [name, values.length])).toEqual([
    ['val_loss', 3],
    ['val_mse', 3],
    ['loss', 3],
    ['mse', 3],
  ])
  expect(last.batchLoss.map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(stdout).toBe('')
  const history = await kernel.run('await model.fit(xs, ys, { epochs: 2 })', 'history')
  expect(history.text).toMatch(/^History of 2 epochs\n {2}loss: [\d.]+ → [\d.]+\n {2}mse: [\d.]+ → [\d.]+$/)
  expect(result!.data['application/vnd.cellar.model+json']).toMatchObject({ parameters: 17, trainable: 17 })
})

test('fifty reruns of a training leave the number of tensors flat', async () => {
  const quick = trainer.replace('epochs: 3', 'epochs: 1')
  await kernel.run(quick, 'trainer')
  const first = await count()
  for (let i = 0; i < 50; i++) await kernel.run(quick, 'trainer')
  expect(await count()).toBe(first)
})

test('callbacks of the person are called, a function of them and a class', async () => {
  const { stdout } = await kernel.run(
    `await model.fit(xs, ys, { epochs: 2, callbacks: { onEpochEnd: (epoch, logs) => console.log('epoch', epoch, Object.keys(logs).join()) } })
await model.fit(xs, ys, { epochs: 5, callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', minDelta: 1e9, patience: 0 }) })`,
  )
  expect(stdout).toMatch(/^epoch 0 loss,mse\nepoch 1 loss,mse\n/)
})

test('a training that is refused shows no card', async () => {
  const { error, displays } = await kernel.run('await model.fit(tf.ones([4, 3]), ys, { epochs: 1 })')
  expect([error!.ename, displays]).toEqual(['Error', []])
})

test('a training of a dataset shows its batches', async () => {
  const { displays } = await kernel.run(
    'const data = tf.data.zip({ xs: tf.data.array([[1, 2], [3, 4]]), ys: tf.data.array([[1], [2]]) }).batch(1); await model.fitDataset(data, { epochs: 2 })',
  )
  expect(displays.at(-1)![training]).toMatchObject({ state: 'done', epochs: 2, epoch: 2, batch: 2 })
})

test('a stopped training says so', async () => {
  const { n, ended } = kernel.start('await model.fit(xs, ys, { epochs: 100000 })')
  await kernel.messageThat((each) => each.type === 'display' && each.executionId === `e${n}`)
  await kernel.interrupt(n)
  const { state, displays } = await ended
  expect(state).toBe('interrupted')
  expect(displays.at(-1)![training]).toMatchObject({ state: 'stopped', epochs: 100000 })
})

test('a tensor and a disposed one are shown as text', async () => {
  expect((await kernel.run('tf.tensor2d([[1, 2], [3, 4]])')).text).toBe(
    'Tensor float32 [2, 2]\n[[1, 2],\n [3, 4]]',
  )
  expect((await kernel.run('const gone = tf.ones([2]); gone.dispose(); gone')).text).toBe(
    'Tensor float32 [2] (disposed)',
  )
})

test('figures are told after each cell', async () => {
  await kernel.run('const counted = tf.ones([1000])')
  const stats = kernel.messages.filter((message) => message.type === 'stats')
  expect(stats.at(-1)).toEqual({ type: 'stats', tensors: await count(), tensorBytes: expect.any(Number) })
})

test('the WASM backend takes its place where there is no native one', async () => {
  const wasm = await startKernel({ env: { CELLAR_TF: 'wasm' } })
  const { text } = await wasm.run(
    "import * as tf from '@tensorflow/tfjs-node'\n`${tf.getBackend()} ${tf.tensor1d([1, 2]).square().dataSync().join()}`",
  )
  expect(text).toBe("'wasm 1,4'")
  expect(await wasm.messageThat(({ type }) => type === 'backend')).toMatchObject({
    backend: { name: 'wasm' },
  })
  await wasm.close()
})
