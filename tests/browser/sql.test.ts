// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('a query over a TypeScript table gives one to the next cell, and both are listed with their cells', async () => {
  const { cells, cellWith, ends } = await at.openNotebook([
    "import * as aq from 'arquero'\nconst people = aq.table({ name: ['Ada', 'Bob', 'Eve'], age: [36, 12, 51] })\nconst least = 18",
    'grown.array("name").join()',
  ])
  const { page } = at
  await page.getByRole('button', { name: 'Insert SQL at 2' }).click()
  await expect.poll(() => cells.nth(1).getAttribute('data-selected')).toBe('edit')
  await cells.nth(1).locator('.monaco-editor').waitFor()
  await page.keyboard.insertText('SELECT name, age\nFROM people\nWHERE age > ${least}\nORDER BY age DESC')
  const result = page.getByRole('textbox', { name: "Variable of cell 2's table" })
  expect(await result.inputValue()).toBe('sql_1')
  await result.fill('grown')
  await result.press('Enter')

  await page.getByRole('button', { name: 'Run all' }).click()
  const reader = await cellWith('grown.array')
  await ends(reader, 'done')
  expect(await reader.getByTestId('outputs').innerText()).toBe("'Eve,Ada'")
  await cells.nth(1).getByTestId('outputs').getByRole('cell', { name: 'Eve', exact: true }).waitFor()

  await page.getByRole('button', { name: 'Variables', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Variables' })
  const names = panel.getByRole('listitem')
  await expect
    .poll(async () => (await names.allInnerTexts()).map((text) => text.split(/\s+/).slice(0, 5).join(' ')))
    .toEqual(['grown table 2 × 2', 'least number 18 Cell 1', 'people table 3 × 2'])
  await panel.getByRole('button', { name: 'grown is from cell 2: go there' }).click()
  await expect.poll(() => cells.nth(1).getAttribute('data-selected')).toBe('command')

  await page.reload()
  await cells.nth(1).locator('.monaco-editor').waitFor()
  expect(await result.inputValue()).toBe('grown')
})

test('what DuckDB refuses is said at its line', async () => {
  const { cells, ends } = await at.openNotebook(['1'])
  const { page } = at
  await cells.nth(0).click({ position: { x: 4, y: 4 } })
  await page.keyboard.press('Shift+Q')
  await expect.poll(() => cells.nth(1).getAttribute('data-selected')).toBe('command')
  await page.keyboard.press('Enter')
  await expect.poll(() => cells.nth(1).getAttribute('data-selected')).toBe('edit')
  await cells.nth(1).locator('.monaco-editor').waitFor()
  await page.keyboard.insertText('SELECT 1 AS a\nFROM nobody')
  await page.keyboard.press('Control+Enter')
  await ends(cells.nth(1), 'failed')
  const error = cells.nth(1).getByRole('alert')
  expect(await error.innerText()).toContain('Table with name nobody does not exist!')
  await error.getByRole('button', { name: /^cell 2, line 2$/i }).click()
  await expect.poll(() => cells.nth(1).getAttribute('data-selected')).toBe('edit')
})

test('a query is completed with tables, the columns of what it reads, and files', async () => {
  const { cells, edit, ends } = await at.openNotebook([
    "import * as aq from 'arquero'\nconst people = aq.table({ name: ['Ada'], age: [36], 'home town': ['London'] })",
  ])
  const { page } = at
  const { keyboard } = page
  await page.getByRole('button', { name: 'Run all' }).click()
  await ends(cells.nth(0), 'done')
  await cells.nth(0).click({ position: { x: 4, y: 4 } })
  await keyboard.press('Shift+Q')
  await expect.poll(() => cells.nth(1).getAttribute('data-kind')).toBe('sql')
  await edit(cells.nth(1))
  const list = page.locator('.suggest-widget.visible')
  const offered = (label: string) => list.getByRole('option', { name: label }).first().waitFor()

  await keyboard.type('SELECT  FROM peo')
  await offered('people')
  await keyboard.press('Enter')
  await keyboard.type(" p JOIN 'iri")
  await offered("'iris.csv'")
  await keyboard.press('Enter')
  await keyboard.press('Home')
  for (let i = 0; i < 7; i++) await keyboard.press('ArrowRight')
  await keyboard.type('p.h')
  await offered('home town')
  await keyboard.press('Enter')
  await keyboard.type(', iris.petal')
  await offered('petal')
  await keyboard.press('Escape')
  const text = await cells.nth(1).locator('.view-line').innerText()
  expect(text.replaceAll('\u00a0', ' ')).toBe(
    `SELECT p."home town", iris.petal FROM people p JOIN 'iris.csv'`,
  )
})
