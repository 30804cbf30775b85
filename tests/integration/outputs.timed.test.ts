import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { limits } from '../../lib/protocol/limits'
import { type Started, startCellar } from '../support/cellar'
import { newPage, openPage, type Page, printed } from '../support/page'

/** Nothing that a cell prints is lost or doubled, whoever watches, and no page is sent more than it can show. */

let cellar: Started
let person: Person

beforeAll(async () => {
  cellar = await startCellar()
  person = await signUp(cellar.origin)
})
afterAll(() => cellar?.stop())

const logOf = async (page: Page, executionId: string) =>
  (await person.request(`/api/notebooks/${page.notebookId}/log/${executionId}`)).text()
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('')

test('who comes during a training sees every line once, in order, and still live', async () => {
  const first = await newPage(person)
  const cellId = first.type(`for (let i = 0; i < 600; i++) {
  console.log('line ' + i)
  await new Promise((later) => setTimeout(later, 4))
}`)
  const executionId = await first.begin(cellId)
  const at = Math.floor(50 + Math.random() * 200)
  await first.sees(({ cells }) => printed(cells[cellId]).includes(`line ${at}\n`))
  first.close()

  const second = openPage(person, first.notebookId)
  const joined = await second.sees(({ cells }) => cells[cellId] !== undefined)
  expect(joined.cells[cellId]?.state).toBe('running')
  const third = openPage(person, first.notebookId)
  for (const page of [second, third]) {
    const { cells } = await page.sees(({ cells }) => cells[cellId]?.state === 'done')
    expect(printed(cells[cellId])).toBe(numbered(600))
  }
  expect(await logOf(second, executionId)).toBe(numbered(600))
  await second.request('kernel.stop', {})
  second.close()
  third.close()
})

test('of a million lines the page gets head and tail, the full log every one', async () => {
  const page = await newPage(person)
  await page.execute('1')
  const began = Date.now()
  const cell = await page.execute("for (let i = 0; i < 1_000_000; i++) console.log('line ' + i)", 60_000)
  expect(Date.now() - began).toBeLessThan(15_000)
  const [stream] = cell.outputs
  if (stream?.output_type !== 'stream') throw new Error('no stream')
  const { text, tail = '', omitted = 0 } = stream
  const whole = numbered(1_000_000)
  // Both parts are whole: no gap hides in them.
  const shown = text.length + tail.length
  expect(shown).toBeLessThanOrEqual(limits.headBytes + limits.tailBytes)
  expect(shown + omitted).toBe(whole.length)
  expect(whole.startsWith(text)).toBe(true)
  expect(whole.endsWith(tail)).toBe(true)
  expect((await logOf(page, cell.executionId)) === whole).toBe(true)
  // Who comes later gets no more.
  const later = openPage(person, page.notebookId)
  const state = await later.sees(({ cells }) => Object.values(cells).some((each) => printed(each) !== ''))
  expect(JSON.stringify(state).length).toBeLessThan(limits.headBytes + limits.tailBytes + 1_000_000)
  expect(await page.value("'still here'")).toBe("'still here'")
  await page.request('kernel.stop', {})
  page.close()
  later.close()
})

test('bytes that are no text, and characters that no database stores, are shown and kept', async () => {
  const page = await newPage(person)
  const cell = await page.execute(`process.stdout.write(Buffer.from([0xff, 0, 0x80, 10]))
console.log('a\\0b \\ud800')
throw new Error('c\\0d')`)
  expect(printed(cell)).toContain('a\ufffdb \ufffd\n')
  expect(cell.outputs.at(-1)).toMatchObject({ output_type: 'error', evalue: 'c\ufffdd' })
  const later = openPage(person, page.notebookId)
  const { cells } = await later.sees(({ cells }) =>
    Object.values(cells).some(({ state }) => state === 'failed'),
  )
  expect(Object.values(cells)[0]?.outputs).toEqual(cell.outputs)
  await page.request('kernel.stop', {})
  page.close()
  later.close()
})

test('a value of 50 MB is cut, and says so', async () => {
  const page = await newPage(person)
  const { state, outputs } = await page.execute("'x'.repeat(50_000_000)")
  expect(state).toBe('done')
  const text = JSON.stringify(outputs)
  expect(text.length).toBeLessThan(limits.bundleBytes + 10_000)
  expect(text.slice(-300)).toMatch(/cut|left out|more|omitted/)
  await page.request('kernel.stop', {})
  page.close()
})

test('a hundred megabytes of displays are kept within limits', async () => {
  const page = await newPage(person)
  const cell = await page.execute(`import { display } from 'cellar'
for (let i = 0; i < 20; i++) display('y'.repeat(5_000_000))
'after'`)
  expect(cell.state).toBe('done')
  expect(JSON.stringify(cell.outputs).length).toBeLessThan(limits.displayBytes + 10_000)
  expect(cell.outputs.map(({ output_type }) => output_type)).toEqual([
    'display_data',
    'stream',
    'execute_result',
  ])
  expect(printed(cell)).toBe('the displays from here on are left out: of one execution 10 MB are shown\n')
  await page.request('kernel.stop', {})
  page.close()
})
