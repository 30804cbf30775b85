// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

/** Moves a range as a hand does, once a frame; resolves when the last move is made. */
const drag = (slider: Locator, to: number) =>
  slider.evaluate(async (element, last) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
    for (let value = 1; value <= last; value++) {
      set!.call(element, String(value))
      element.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise(requestAnimationFrame)
    }
  }, to)
const shown = (cell: Locator) => cell.getByTestId('outputs').innerText()

test('what uses a slider follows it through two seconds of moves without queueing up, on every page', async () => {
  const { cells, cellWith, ends, press } = await at.openNotebook([
    "import { input } from 'cellar'\nconst k = input.slider({ max: 200, label: 'clusters' })",
    'globalThis.runs = (globalThis.runs ?? 0) + 1\nconst twice = 2 * k\nawait new Promise((done) => setTimeout(done, 20))',
    '`${k} ${twice}`',
    'globalThis.runs',
  ])
  const { page } = at
  await page.getByRole('button', { name: 'Run all' }).click()
  const reader = await cellWith('${k}')
  await ends(reader, 'done')
  expect(await shown(reader)).toBe("'0 0'")

  const slider = page.getByRole('slider', { name: 'clusters' })
  await drag(slider, 120)
  const began = performance.now()
  await expect.poll(() => shown(reader), { interval: 10 }).toBe("'120 240'")
  const lag = performance.now() - began
  expect(lag).toBeLessThan(1000)
  const counter = cells.nth(3)
  await press(counter, 'Run')
  await expect.poll(async () => Number(await shown(counter))).toBeGreaterThan(1)
  // The first run is the person's own; each other one is a turn.
  const turns = Number(await shown(counter)) - 1
  console.log(`${turns} turns for 120 moves, the last one over ${Math.round(lag)} ms after the last move`)
  expect(turns).toBeLessThan(120)

  const other = await at.context.newPage()
  await other.goto(page.url())
  const second = other.getByRole('slider', { name: 'clusters' })
  await second.waitFor()
  expect(await second.inputValue()).toBe('120')
  await second.press('ArrowRight')
  await expect.poll(() => shown(reader), { interval: 10 }).toBe("'121 242'")
  await expect.poll(() => slider.inputValue()).toBe('121')
  await other.close()
  await page.reload()
  await slider.waitFor()
  expect(await slider.inputValue()).toBe('121')
})

test('each kind of input moves its variable', async () => {
  const { cellWith, ends } = await at.openNotebook([
    `import { input } from 'cellar'
const n = input.number({ label: 'epochs' })
const word = input.text({ label: 'word' })
const kind = input.select({ options: ['relu', 'tanh'], label: 'kind' })
const on = input.checkbox({ label: 'shuffle' })
const day = input.date({ value: '2026-01-31', label: 'until' })
const file = input.file({ label: 'people' })
const rows = input.table({ data: [{ a: 1 }, { a: 2 }], label: 'rows' })
const again = input.button({ label: 'Again' })`,
    'const all = [n, word, kind, on, day.getUTCMonth(), await file?.text(), rows.map(({ a }) => a), again]\nJSON.stringify(all)',
  ])
  const { page } = at
  await page.getByRole('button', { name: 'Run all' }).click()
  const reader = await cellWith('JSON.stringify')
  await ends(reader, 'done')
  const reads = (values: unknown[]) => expect.poll(() => shown(reader)).toBe(`'${JSON.stringify(values)}'`)
  await reads([0, '', 'relu', false, 0, null, [], 0])

  await page.getByRole('textbox', { name: 'epochs' }).fill('20')
  await page.getByRole('textbox', { name: 'word' }).fill('cellar')
  await page.getByRole('combobox', { name: 'kind' }).click()
  await page.getByRole('option', { name: 'tanh' }).click()
  await page.getByRole('checkbox', { name: 'shuffle' }).check()
  await page.getByLabel('until').fill('2026-02-01')
  const people = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('Ada') }
  await page.getByLabel('people').setInputFiles(people)
  await page.getByRole('checkbox', { name: 'Row 2' }).check()
  await page.getByRole('button', { name: 'Again' }).click()
  await reads([20, 'cellar', 'tanh', true, 1, 'Ada', [2], 1])
})

test('a figure tells what is under the pointer and is saved twice as large', async () => {
  const { cellWith, ends, press } = await at.openNotebook([
    "import * as Plot from '@observablehq/plot'\nPlot.dot([{ size: 1, weight: 2 }, { size: 3, weight: 5 }], { x: 'size', y: 'weight' }).plot()",
  ])
  const { page } = at
  const cell = await cellWith('Plot')
  await press(cell, 'Run')
  await ends(cell, 'done')
  const picture = cell.getByTestId('figure').locator('img')
  // The second dot, a little beside it.
  await picture.hover({ position: { x: 612, y: 26 } })
  const tip = cell.getByTestId('tip')
  await tip.waitFor()
  expect(await tip.innerText()).toBe('size 3\nweight 5')
  await picture.hover({ position: { x: 300, y: 200 } })
  await tip.waitFor({ state: 'detached' })

  await cell.getByRole('button', { name: 'Save figure' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'PNG on white' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('notebook.png')
  const png = await readFile((await download.path())!)
  expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    'PNG',
    1280,
    800,
  ])
})

test('a bundle that is not shaped as its kind says is shown as text, and the page goes on', async () => {
  const { cellWith, ends, press } = await at.openNotebook([
    `const bundle = { 'application/vnd.cellar.input+json': { control: { kind: 'select' } }, 'text/plain': 'words' }
;({ [Symbol.for('Jupyter.display')]: () => bundle })`,
    '6 * 7',
  ])
  const [broken, next] = [await cellWith('bundle'), await cellWith('6')]
  await press(broken, 'Run')
  await ends(broken, 'done')
  await expect
    .poll(() => shown(broken))
    .toBe('This output is not shaped as its kind says. It is shown as text.\n\nwords')
  await press(next, 'Run')
  await ends(next, 'done')
  expect(await shown(next)).toBe('42')
  // React reports what it caught.
  expect(at.complaints.splice(0).join()).toContain('TypeError')
})

test('Markdown from a cell draws its formula and its diagram; a training is stopped, and its cell goes on', async () => {
  const { cellWith, ends, shows, press } = await at.openNotebook([
    "import { display } from 'cellar'\ndisplay.markdown('$e^x$\\n\\n```mermaid\\nflowchart LR\\n  a[clean] --> b[train]\\n```')",
    "import * as tf from '@tensorflow/tfjs-node'\nconst model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })\nmodel.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })\nawait model.fit(tf.ones([512, 2]), tf.ones([512, 1]), { epochs: 100_000 })\n'went on'",
  ])
  const text = await cellWith('markdown')
  await press(text, 'Run')
  await ends(text, 'done')
  await text.locator('.katex').waitFor()
  await text.getByTestId('figure').locator('img').waitFor()

  const training = await cellWith('tf.sequential')
  await press(training, 'Run')
  await training.getByRole('button', { name: 'Stop training' }).click()
  await ends(training, 'done')
  await shows(training.getByTestId('training'), 'data-state', 'stopped')
  expect(await shown(training)).toMatch(/Stopped after \d+ of 100000 epochs.*'went on'$/s)
})
