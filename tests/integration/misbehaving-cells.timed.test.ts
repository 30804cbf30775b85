import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { cellSource, sharedCells } from '../../lib/notebook/document'
import { type Started, startCellar } from '../support/cellar'
import { newPage, type Page } from '../support/page'

/** A gallery of cells that go wrong, each beside a notebook of somebody else that must not notice. */

let cellar: Started
let person: Person
let neighbour: Page

beforeAll(async () => {
  // Enough for a kernel and TensorFlow, little enough to be used up soon.
  cellar = await startCellar({ env: { CELLAR_KERNEL_MEMORY: String(700 * 2 ** 20) } })
  person = await signUp(cellar.origin)
  neighbour = await newPage(await signUp(cellar.origin), 'neighbour')
  await neighbour.execute('let count = 0')
})
afterAll(() => cellar?.stop())

let counted = 0
/** The neighbour still has its variables, and answers. */
const neighbourAnswers = async () =>
  expect(await neighbour.value('count += 1', 5_000)).toBe(String(++counted))

const lines = (page: Page, cellId: string) => cellSource(sharedCells(page.document).get(cellId)!).toString()

test('an error is an output, and the kernel keeps its variables', async () => {
  const page = await newPage(person)
  await page.execute('const kept = 42')
  const { state, outputs } = await page.execute('null.name')
  expect({ state, outputs: outputs.map(({ output_type }) => output_type) }).toEqual({
    state: 'failed',
    outputs: ['error'],
  })
  expect(await page.value('kept')).toBe('42')
  await page.request('kernel.stop', {})
  page.close()
})

describe('a cell that ends its kernel', () => {
  const cells: [what: string, source: string, reason: RegExp][] = [
    ['process.exit', 'process.exit(3)', /^the kernel died: it ended with exit code 3$/],
    [
      'process.exit later, after its end',
      'setTimeout(() => process.exit(9), 100); 1',
      /^the kernel died: it ended with exit code 9$/,
    ],
    [
      'garbage on its pipe to the host',
      "import fs from 'node:fs'; for (;;) fs.writeSync(5, Buffer.alloc(65536, 255))",
      /^the kernel died: it broke its pipe to the host/,
    ],
    ['process.abort', 'process.abort()', /^the kernel died: it was ended by SIG/],
    [
      'a signal to itself',
      "process.kill(process.pid, 'SIGKILL')",
      /^the kernel died: it was ended by SIGKILL$/,
    ],
    [
      'too many Buffers',
      'const held = []; for (;;) held.push(Buffer.alloc(16 * 2 ** 20, 1))',
      /^the kernel died: out of memory: it used more than 0\.7 GiB$/,
    ],
    [
      'a full heap',
      'const held = []; for (;;) held.push(new Array(100_000).fill(0.5))',
      /^the kernel died: out of memory/,
    ],
  ]
  test.each(cells)('is told of with its reason, and a restart helps: %s', async (what, source, reason) => {
    const page = await newPage(person)
    await page.execute('globalThis.mine = 1')
    const cellId = page.type(source)
    const executionId = await page.begin(cellId)
    const began = Date.now()
    const dead = await page.sees(({ kernel }) => kernel.state === 'dead')
    // Filling the memory takes its time; the news of the end must not.
    if (!/out of memory/.test(dead.kernel.reason ?? '')) expect(Date.now() - began).toBeLessThan(3_000)
    expect(dead.kernel.reason).toMatch(reason)
    const inItsCell = !/later/.test(what)
    expect(dead.cells[cellId]).toMatchObject({ executionId, state: inItsCell ? 'failed' : 'done' })
    if (inItsCell)
      expect(dead.cells[cellId]?.outputs.at(-1)).toMatchObject({
        ename: 'KernelDied',
        evalue: dead.kernel.reason,
      })
    await neighbourAnswers()

    await page.request('kernel.restart', {})
    await page.sees(({ kernel }) => kernel.state === 'idle')
    expect(await page.value('typeof globalThis.mine')).toBe("'undefined'")
    expect(lines(page, cellId)).toBe(source)
    await page.request('kernel.stop', {})
    page.close()
  })
})

test('messages that it forges to the host change nothing but its own notebook', async () => {
  const page = await newPage(person)
  const before = JSON.stringify(neighbour.state())
  const value = await page.value(`import fs from 'node:fs'
const say = (message) => {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(9)
  head.writeUInt32LE(5 + body.length, 0)
  head[4] = 3
  fs.writeSync(5, Buffer.concat([head, body]))
}
say({ type: 'done', n: 99, executionId: 'x', cellId: 'y', state: 'done', ms: 1 })
say({ type: 'display', executionId: '../../x', cellId: '${neighbour.notebookId}', data: { 'text/plain': { a: 1 } } })
say({ type: 'ready', node: 'v1', pid: 1 })
await new Promise((later) => setTimeout(later, 200))
'survived'`)
  expect(value).toBe("'survived'")
  expect(JSON.stringify(neighbour.state())).toBe(before)
  await neighbourAnswers()
  await page.request('kernel.stop', {})
  page.close()
})

test('processes that a cell started and left end with the kernel', async () => {
  const page = await newPage(person)
  // A name that no other process has.
  const seconds = String(100_000 + Math.floor(Math.random() * 900_000))
  await page.execute(
    `import { spawn } from 'node:child_process'; spawn('sleep', ['${seconds}'], { detached: true, stdio: 'ignore' }).unref()`,
  )
  const running = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${seconds}\0`
      } catch {
        return false
      }
    }).length
  expect(running()).toBe(1)
  await page.request('kernel.stop', {})
  await expect.poll(running).toBe(0)
  page.close()
})

describe('Stop', () => {
  const fit = `import * as tf from '@tensorflow/tfjs-node'
const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [32] }), tf.layers.dense({ units: 1 })] })
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
await model.fit(tf.randomNormal([2000, 32]), tf.randomNormal([2000, 1]), { epochs: 100000, verbose: 0 })`
  test.each([
    ['for (;;) {}', 'for (;;) {}'],
    ['await 1; for (;;) {}', 'await 1; for (;;) {}'],
    ['a promise that never settles', 'await new Promise(() => {})'],
    ['printing without end', "for (;;) console.log('again and again')"],
    ['model.fit', fit],
  ])('brings the kernel back within 2 s, with its variables: %s', async (_, source) => {
    const page = await newPage(person)
    await page.execute("const precious = 'kept'")
    const cellId = page.type(source)
    for (let time = 0; time < 3; time++) {
      const executionId = await page.begin(cellId)
      await page.sees(
        ({ cells }) => cells[cellId]?.executionId === executionId && cells[cellId].state === 'running',
      )
      // Well into it: TensorFlow loads for a second the first time.
      if (source === fit) await page.sees(({ cells }) => cells[cellId]!.outputs.length > 0)
      await neighbourAnswers()
      const began = Date.now()
      const { kept } = await page.request('kernel.interrupt', {})
      const after = await page.sees(({ kernel }) => kernel.state === 'idle')
      expect({ kept, state: after.cells[cellId]?.state }).toEqual({ kept: true, state: 'interrupted' })
      expect(Date.now() - began).toBeLessThan(2_000)
      expect(await page.value('precious')).toBe("'kept'")
    }
    await page.request('kernel.stop', {})
    page.close()
  })
})
