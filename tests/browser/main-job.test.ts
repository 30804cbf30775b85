import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findChromium } from '../../lib/stack/chromium'
import { type Started, startCellar } from '../support/cellar'
import { predict } from '../support/endpoint'
import { notebookPage } from '../support/notebook-page'
import { openPage, printed } from '../support/page'
import { root } from '../support/paths'

/** Steps 2 to 6 of the main job: one person, in a real browser, on the production build that `npm start` runs. */

let cellar: Started
let browser: Browser
let context: BrowserContext
let page: Page
/** What the page complained about. */
const complaints: string[] = []
const shots = path.join(root, '.cellar/test-screenshots')
/** Address of the income notebook, and the key that the endpoint's page made. */
let income = ''
let key = ''
let failed = false

beforeAll(async () => {
  await mkdir(shots, { recursive: true })
  cellar = await startCellar()
  const found = await findChromium()
  browser = await chromium.launch({ executablePath: found.path, args: found.args })
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(30_000)
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page = await context.newPage()
}, 420_000)

afterAll(async () => {
  await browser?.close()
  await cellar?.stop()
})

// One story: what comes after a step that failed could not succeed.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail' || failed) return
  failed = true
  await page.screenshot({ path: path.join(shots, `${task.name.replace(/\W+/g, '-').slice(0, 60)}.png`) })
})
const step = (name: string, act: () => Promise<void>) =>
  test(name, async ({ skip }) => {
    skip(failed, 'a step before it failed')
    await act()
  })

// The 14-field record that the income notebook's endpoint must answer.
const record = {
  age: 37,
  workclass: 'Private',
  fnlwgt: 34146,
  education: 'HS-grad',
  'education-num': 9,
  'marital-status': 'Married-civ-spouse',
  occupation: 'Craft-repair',
  relationship: 'Husband',
  race: 'White',
  sex: 'Male',
  'capital-gain': 0,
  'capital-loss': 0,
  'hours-per-week': 68,
  'native-country': 'United-States',
}
type Answer = { label: string; probability: number }
type Person = Record<string, string | number>

const authorization = () => ({ authorization: `Bearer ${key}` })

/** The income notebook's kernel, asked without the page: what a cell prints, as JSON. */
async function fromNotebook<T>(expression: string): Promise<T> {
  const cookies = await context.cookies()
  const cookie = () => cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const nobody = () => Promise.reject(new Error('only the socket is used'))
  const person = {
    origin: cellar.origin,
    cookie,
    request: nobody,
    json: () => ({ method: 'GET', headers: { 'content-type': '' }, body: '' }),
  }
  const line = openPage(person, income.split('/').at(-1)!)
  try {
    const cell = await line.execute(`console.log(JSON.stringify(${expression}))`, 60_000)
    if (cell.state !== 'done') throw new Error(`the cell failed: ${JSON.stringify(cell.outputs)}`)
    return JSON.parse(printed(cell)) as T
  } finally {
    line.close()
  }
}

function expectClose(answers: Answer[], predictions: Answer[]) {
  expect(answers.map(({ label }) => label)).toEqual(predictions.map(({ label }) => label))
  const gaps = answers.map(({ probability }, i) => Math.abs(probability - predictions[i]!.probability))
  expect(Math.max(...gaps)).toBeLessThan(1e-6)
}

step('who registers lands in the income notebook, which shows its last run', async () => {
  await page.goto(cellar.origin)
  await page.getByRole('link', { name: /create an account|create one|register/i }).click()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('E-mail').fill('ada@example.org')
  await page.getByRole('textbox', { name: 'Password' }).fill('analytical engine')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/n/*')
  income = page.url()
  await page.getByRole('heading', { name: 'Income classifier' }).waitFor()
  const { chip, shows } = notebookPage(page)
  await shows(chip, 'data-state', 'stopped')
  expect(await page.getByTestId('table').first().innerText()).toContain('32,561 rows, 15 columns')
  const training = page.getByTestId('training')
  expect(await training.getAttribute('data-state')).toBe('done')
  expect(await training.innerText()).toContain('Trained 10 epochs')
})

step('the list has the three examples, and makes a new notebook', async () => {
  await page.goto(`${cellar.origin}/notebooks`)
  for (const name of ['Income classifier', 'Iris clusters', 'MNIST digits'])
    await page.getByRole('link', { name }).waitFor()
  await page.getByRole('button', { name: 'New notebook' }).click()
  await page.waitForURL('**/n/*')
  await notebookPage(page).reads([''])
})

step(
  'cells are added, run, moved, split, merged, turned into text and back, deleted and brought back',
  async () => {
    const { cells, cellWith, edit, ends, press, reads, saved } = notebookPage(page)
    const { keyboard } = page
    await edit(cells.first())
    await keyboard.insertText('const answer = 6 * 7')
    await keyboard.press('Shift+Enter')
    await reads(['const answer = 6 * 7', ''])
    await edit(cells.nth(1))
    await keyboard.insertText('answer + 1')
    await keyboard.press('Control+Enter')
    await ends(cells.nth(1), 'done')
    await expect.poll(() => cells.nth(1).getByTestId('outputs').innerText()).toBe('43')

    await page.getByRole('button', { name: 'Insert code at 1' }).click()
    await edit(cells.first())
    await keyboard.insertText('// first\nconst second = 2')
    await reads(['// first\nconst second = 2', 'const answer = 6 * 7', 'answer + 1'])
    await press(cells.first(), 'Move down')
    await reads(['const answer = 6 * 7', '// first\nconst second = 2', 'answer + 1'])

    await edit(await cellWith('const second'))
    await keyboard.press('Control+End')
    await keyboard.press('Home')
    await keyboard.press('Control+Shift+Minus')
    await reads(['const answer = 6 * 7', '// first', 'const second = 2', 'answer + 1'])
    await press(await cellWith('// first'), 'Merge with the cell below')
    await reads(['const answer = 6 * 7', '// first\nconst second = 2', 'answer + 1'])

    const turned = await cellWith('const second')
    await press(turned, 'Turn into Markdown')
    await expect.poll(() => turned.getAttribute('data-kind')).toBe('markdown')
    await reads(['const answer = 6 * 7', '// first const second = 2', 'answer + 1'])
    await press(turned, 'Turn into code')
    await reads(['const answer = 6 * 7', '// first\nconst second = 2', 'answer + 1'])

    await press(turned, 'Delete')
    await reads(['const answer = 6 * 7', 'answer + 1'])
    await keyboard.press('z')
    await reads(['const answer = 6 * 7', '// first\nconst second = 2', 'answer + 1'])
    await saved()
  },
)

step(
  'lines are there as they are printed, Stop ends the cell, and an error names its cell and line',
  async () => {
    const { cells, edit, ends, shows } = notebookPage(page)
    await page.getByRole('button', { name: 'Insert code at 4' }).click()
    const cell = cells.nth(3)
    await edit(cell)
    await page.keyboard.insertText("console.log('waiting')\nawait new Promise(() => {})")
    await page.keyboard.press('Control+Enter')
    await cell.getByTestId('outputs').getByText('waiting', { exact: true }).waitFor()
    await shows(cell, 'data-state', 'running')
    await cell.getByRole('button', { name: 'Stop' }).click()
    await ends(cell, 'interrupted')

    await edit(cell)
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('const far = (text) => JSON.parse(text)\n\nfar("oops")')
    await page.keyboard.press('Control+Enter')
    await ends(cell, 'failed')
    const trace = await cell.getByRole('alert').innerText()
    expect(trace).toContain("SyntaxError: Unexpected token 'o'")
    expect(trace).toContain('Cell 4, line 1 in far')
    expect(trace).toContain('Cell 4, line 3')
  },
)

step(
  'the income notebook is changed and run: table, figures, the training live, and its own promote()',
  async () => {
    await page.goto(income)
    const { cellWith, chip, ends, saved, shows } = notebookPage(page)
    const fit = await cellWith('model.fit(')
    await fit.scrollIntoViewIfNeeded()
    await fit.locator('.view-line', { hasText: 'epochs' }).getByText('10', { exact: true }).dblclick()
    await page.keyboard.type('4')
    await fit.locator('.view-line', { hasText: 'epochs: 4, batchSize' }).waitFor()
    await saved()
    await page.getByRole('button', { name: 'Run all' }).click()
    await shows(chip, 'data-state', 'busy')

    const live = fit.getByTestId('training')
    await shows(live, 'data-state', 'running')
    await live.getByText(/Epoch \d of 4/).waitFor()
    await live.getByText(/batches\/s .* left/).waitFor()
    await shows(live, 'data-state', 'done')
    expect(await live.innerText()).toContain('Trained 4 epochs')

    const promoting = await cellWith("promote('income'")
    await ends(promoting, 'done')
    expect(await promoting.getByTestId('endpoint').innerText()).toContain('version 1.0.0')
    const table = (await cellWith("dataset('adult-income.csv')")).getByTestId('table')
    expect(await table.innerText()).toMatch(/age\s+number[\s\S]*workclass\s+string[\s\S]*32,561 rows/)
    const figure = (await cellWith('Plot.barX(')).getByRole('img', { name: 'Figure' })
    expect(await figure.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(760)
  },
)

step('the dialog promotes the model of the cell that trained it', async () => {
  const { cellWith, press } = notebookPage(page)
  await press(await cellWith('model.fit('), 'Promote')
  const dialog = page.getByRole('dialog', { name: 'Promote to an endpoint' })
  await dialog.getByRole('radio', { name: 'model' }).check()
  await dialog.getByRole('textbox', { name: 'Endpoint' }).fill('income-network')
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await dialog.getByText('income-network 1.0.0 passed its self-test and is in production.').waitFor()
  await dialog.getByRole('button', { name: 'Back to the notebook' }).click()
})

step(
  "the endpoint's page answers the form, and its curl line answers in a shell, as the cell does",
  async () => {
    const { cellWith } = notebookPage(page)
    await (await cellWith("promote('income'")).getByRole('link', { name: /Open the endpoint/ }).click()
    await page.waitForURL('**/endpoints/income')
    await page.getByLabel('JSON', { exact: true }).fill(JSON.stringify(record))
    await page.getByRole('button', { name: 'Predict' }).click()
    const outcome = page.getByTestId('prediction')
    await outcome.getByText('Whole answer').click()
    const shown = JSON.parse(await outcome.getByLabel('Answer as JSON').innerText()) as {
      version: string
      predictions: Answer[]
    }
    expect(shown.version).toBe('1.0.0')
    expectClose(await fromNotebook(`await predictIncome([${JSON.stringify(record)}])`), shown.predictions)

    await page.getByRole('button', { name: 'Use a new key' }).click()
    const snippet = page.getByLabel('Snippet for curl')
    await snippet.getByText('Bearer cellar_').waitFor()
    const line = await snippet.innerText()
    key = /Bearer (\w+)/.exec(line)![1]!
    const { stdout } = await promisify(execFile)('bash', ['-c', line])
    const answered = JSON.parse(stdout) as { predictions: Answer[] }
    expectClose(await fromNotebook('await predictIncome([heldOut[0]])'), answered.predictions)
  },
)

step(
  'a thousand held-out people, some with unknown values, get the same answers over the API as in a cell',
  async () => {
    const { people, answers } = await fromNotebook<{ people: Person[]; answers: Answer[] }>(
      `await (async () => {
        const people = heldOut.slice(0, 1000).map(({ income, ...person }) => person)
        return { people, answers: await predictIncome(people) }
      })()`,
    )
    expect(people.filter((person) => Object.values(person).includes('?')).length).toBeGreaterThan(10)
    const { status, body } = await predict(cellar.origin, 'income', people, authorization())
    expect(status).toBe(200)
    expectClose(answers, body.predictions as Answer[])
  },
)

step('with the worker stopped the API answers 504, and as before when it goes on', async () => {
  const { worker } = await cellar.pids()
  process.kill(worker!, 'SIGSTOP')
  try {
    const { status, body } = await predict(cellar.origin, 'income', record, authorization())
    expect({ status, error: body.error }).toMatchObject({ status: 504 })
  } finally {
    process.kill(worker!, 'SIGCONT')
  }
  await expect
    .poll(async () => (await predict(cellar.origin, 'income', record, authorization())).status)
    .toBe(200)
})

step('the pages complained about nothing', async () => expect(complaints).toEqual([]))
