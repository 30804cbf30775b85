import type { TestKernel } from './kernel'
import { startKernel } from './kernel'

/** What a Stop must survive: cells that would run for ever, and what must hold afterwards (`true`). */
export type Scenario = { sentence: string; cell: string; tensorflow?: boolean; after?: string }

const spin = 'for(;;){}'
const predicts =
  'const p1 = model.predict(xs.slice([0,0],[1,20])).dataSync(); p1.length === 1 && Number.isFinite(p1[0])'

export const scenarios: Scenario[] = [
  { sentence: 'a spin', cell: spin },
  {
    sentence: 'a spin in try, catch and finally',
    cell: `for(;;){ try { ${spin} } catch {} finally { ${spin} } }`,
  },
  { sentence: 'a spin after an await', cell: `await 1; ${spin}` },
  { sentence: 'a spin after a timer', cell: `await new Promise(r => setTimeout(r, 20)); ${spin}` },
  {
    sentence: 'a spin after a file was read',
    cell: `const { readFile } = await import("node:fs/promises"); await readFile("/proc/self/status"); ${spin}`,
  },
  {
    sentence: 'a fetch in flight',
    cell: `const { createServer } = await import("node:http"); const silent = createServer(() => {}); await new Promise(r => silent.listen(0, "127.0.0.1", r)); await fetch("http://127.0.0.1:" + silent.address().port)`,
    after: 'silent.closeAllConnections(); silent.close(); true',
  },
  { sentence: 'an await that never ends', cell: 'await new Promise(() => {})' },
  {
    sentence: 'an asynchronous loop, which ends',
    cell: 'let beats = 0; for(;;){ await new Promise(r => setTimeout(r, 5)); beats++ }',
    after: 'const b0 = beats; await new Promise(r => setTimeout(r, 60)); beats === b0',
  },
  {
    sentence: 'microtasks without end',
    cell: 'const again = () => Promise.resolve().then(again); await again()',
  },
  {
    sentence: 'ticks without end',
    cell: 'const again = () => process.nextTick(again); again(); await new Promise(() => {})',
  },
  { sentence: 'a spin in a timeout', cell: `setTimeout(() => { ${spin} }, 20); await new Promise(() => {})` },
  {
    sentence: 'a spin in an interval',
    cell: `const t = setInterval(() => { ${spin} }, 20); await new Promise(() => {})`,
    after: 'clearInterval(t); true',
  },
  {
    sentence: 'a spin in an immediate',
    cell: `setImmediate(() => { ${spin} }); await new Promise(() => {})`,
  },
  {
    sentence: 'a spin in an I/O callback',
    cell: `(await import("node:fs")).readFile("/proc/self/status", () => { ${spin} }); await new Promise(() => {})`,
  },
  {
    sentence: 'a spin in a listener',
    cell: `const et = new EventTarget(); et.addEventListener("x", () => { ${spin} }); setTimeout(() => et.dispatchEvent(new Event("x")), 10); await new Promise(() => {})`,
  },
  { sentence: 'a runaway regular expression', cell: '/^(a+)+$/.test("a".repeat(60) + "!")' },
  { sentence: 'a spin in map', cell: `[1,2,3].map(() => { ${spin} })` },
  { sentence: 'a spin in a comparator', cell: `[3,2,1].sort(() => { ${spin} })` },
  {
    sentence: 'a huge JSON.stringify',
    cell: 'const big = Array.from({ length: 1e6 }, (_, i) => ({ i })); for(;;) JSON.stringify(big)',
  },
  { sentence: 'printing without end', cell: 'for (let i = 0; ; i++) console.log("line", i)' },
  {
    sentence: 'a training of a thousand epochs',
    cell: 'await model.fit(xs, ys, { epochs: 1000, batchSize: 32 })',
    tensorflow: true,
    after: `${predicts}`,
  },
  {
    sentence: 'a training that never yields',
    cell: 'await model.fit(xs, ys, { epochs: 100000, batchSize: 32, yieldEvery: "never" })',
    tensorflow: true,
    after: `await model.fit(xs, ys, { epochs: 1, batchSize: 256 }); ${predicts}`,
  },
  {
    sentence: 'a spin in tf.tidy',
    cell: 'tf.tidy(() => { for(;;) tf.zeros([4]) })',
    tensorflow: true,
    after:
      'const n0 = tf.memory().numTensors; tf.tidy(() => tf.zeros([3]).add(1).dataSync()); tf.memory().numTensors === n0',
  },
  {
    sentence: 'a loop of gradients',
    cell: 'const opt = tf.train.sgd(0.1); const w = tf.variable(tf.zeros([20, 1])); for(;;) opt.minimize(() => xs.matMul(w).sub(ys).square().mean())',
    tensorflow: true,
    after: 'const g = tf.grad(x => x.square())(tf.tensor1d([3])).dataSync()[0]; g === 6',
  },
]

const tensorflow = `import * as tf from '@tensorflow/tfjs-node'
const xs = tf.randomNormal([512, 20]); const ys = tf.randomUniform([512, 1])
const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [20], activation: 'relu' }), tf.layers.dense({ units: 1 })] })
model.compile({ optimizer: 'adam', loss: 'meanSquaredError' })`

const health = `await new Promise(r => setTimeout(r, 20)); await new Promise(r => setImmediate(r)); await new Promise(r => process.nextTick(r))
await null; await (await import("node:fs/promises")).readFile("/proc/self/status"); kept`

export type Stopped = {
  state: string
  word: string
  kept: string | undefined
  after: string | undefined
  ms: number
}

/** Starts a kernel with variables to keep, under this Node or the one at `node`. */
export async function startForScenario({ tensorflow: needed }: Scenario, node?: string) {
  const kernel = await startKernel({ node })
  await kernel.run(`const kept = 42\n${needed ? tensorflow : ''}`, 'a')
  return kernel
}

/** Runs the scenario's cell, stops it after `delay` ms, and looks at what is left. `ms`: from the Stop to the cell's end. */
export async function stopScenario(kernel: TestKernel, scenario: Scenario, delay: number): Promise<Stopped> {
  const { n, ended } = kernel.start(scenario.cell, 'b')
  await new Promise((done) => setTimeout(done, delay))
  const began = performance.now()
  const word = kernel.interrupt(n)
  const { state } = await ended
  const ms = performance.now() - began
  const said = await word
  const { text: kept } = await kernel.run(health, 'c')
  const { text: after } = await kernel.run(scenario.after ?? 'true', 'd')
  return { state, word: said, kept, after, ms }
}
