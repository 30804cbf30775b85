import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const source = `import { table } from 'arquero'
const length = 100_000
const shown = table({
  id: Int32Array.from({ length }, (_, i) => i),
  group: Array.from({ length }, (_, i) => ['red', 'green', 'blue'][i % 3]),
  price: Float64Array.from({ length }, (_, i) => (i * 7919) % 1000),
})
shown`

/** The texts of the page's rows, cell by cell. */
const rows = (table: Locator) =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)))
const firstRow = async (table: Locator) => (await rows(table))[0]

test('a table is paged, sorted, filtered, summarised, its columns hidden, downloaded and copied; without its kernel its first rows stay', async () => {
  const { page } = at
  const { cells, press, ends } = await at.openNotebook([source])
  const cell = cells.first()
  await press(cell, 'Run')
  await ends(cell, 'done')
  const table = cell.getByTestId('table')
  const size = () => table.getByTestId('table-size').innerText()
  expect((await rows(table)).length).toBe(25)
  expect(await size()).toMatch(/^100,000 rows, 3 columns/)

  await table.getByRole('button', { name: 'Last rows' }).click()
  await expect.poll(() => firstRow(table)).toEqual(['99975', 'red', '25'])

  await table.getByRole('button', { name: 'price', exact: true }).click()
  await table.getByRole('button', { name: 'price', exact: true }).click()
  await expect.poll(() => firstRow(table)).toEqual(['321', 'red', '999'])

  // What a column holds.
  await table.getByText('0 – 999', { exact: true }).waitFor()
  await table.getByRole('button', { name: 'Column group' }).click()
  const menu = page.getByRole('menu')
  expect(await menu.locator('dl').innerText()).toMatch(/Distinct\s+3\s+red\s+33,334\s+green\s+33,333/)
  await menu.getByRole('menuitem', { name: 'Filter…' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('GREE')
  await page.keyboard.press('Enter')
  await expect.poll(size).toMatch(/^33,333 of 100,000 rows/)
  expect(await firstRow(table)).toEqual(['1321', 'green', '999'])

  await table.getByRole('textbox', { name: 'Search all columns' }).fill('2321')
  await expect.poll(size).toMatch(/^6 of 100,000 rows/)

  await table.getByRole('button', { name: 'Column group' }).click()
  await page.getByRole('menuitem', { name: 'Hide' }).click()
  await expect.poll(() => firstRow(table)).toEqual(['22321', '999'])

  await table.getByRole('button', { name: 'Download' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV, these 6 rows' }).click(),
  ])
  const lines = (await readFile((await download.path())!, 'utf8')).trimEnd().split('\r\n')
  expect([download.suggestedFilename(), lines.length, ...lines.slice(0, 2)]).toEqual([
    'table.csv',
    7,
    'id,group,price',
    '22321,green,999',
  ])

  await at.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await table.locator('[data-cell="0 0"]').click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await table.getByRole('button', { name: 'Copy 4 cells' }).click()
  expect((await page.evaluate(() => navigator.clipboard.readText())).split('\n').slice(0, 2)).toEqual([
    'id\tprice',
    '22321\t999',
  ])

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Shut the kernel down' }).click()
  await table.getByText('These are the first 100 rows, as they were kept. Run the cell').waitFor()
  expect((await firstRow(table))![0]).toBe('0')
})
