import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

/** Types across cells, as a person meets them; no cell is run, and no kernel lives. */

let person: Browsing

withBrowser((browsing) => {
  person = browsing
})

test('a type changes in one cell: another shows it, completes by it, is renamed, and leads back', async () => {
  const { page, openNotebook } = person
  const notebook = await openNotebook([
    "import * as aq from 'arquero'\nconst people = aq.table({ age: [37] })",
    'people.numRows()',
    'const count: number = people.numRows()',
  ])
  const [first, second, third] = [0, 1, 2].map((at) => notebook.cells.nth(at))
  const counts = () => page.getByTestId('problems').getAttribute('aria-label')
  const problems = (text: string) => expect.poll(counts, { interval: 20 }).toBe(text)
  await problems('Problems: 0 errors, 0 warnings')

  await notebook.edit(first!)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('.columnNames()')
  await problems('Problems: 2 errors, 0 warnings')
  await third!.locator('.squiggly-error').waitFor()
  await page.getByTestId('problems').click()
  await page.getByRole('button', { name: /numRows.*cell 3, line 1/ }).click()
  await notebook.shows(third!, 'data-selected', 'edit')
  await page.keyboard.press('Escape')

  await notebook.edit(first!)
  await page.keyboard.press('Control+End')
  for (let i = 0; i < '.columnNames()'.length; i++) await page.keyboard.press('Backspace')
  await problems('Problems: 0 errors, 0 warnings')

  await notebook.edit(second!)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\npeople.columnI')
  await page.locator('.suggest-widget.visible').getByText('columnIndex').first().waitFor()
  await page.keyboard.press('Enter')
  await notebook.reads([
    "import * as aq from 'arquero'\nconst people = aq.table({ age: [37] })",
    'people.numRows()\npeople.columnIndex',
    'const count: number = people.numRows()',
  ])

  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F2')
  await page.locator('.rename-box input:focus').waitFor()
  await page.keyboard.type('persons')
  await page.keyboard.press('Enter')
  const renamed = [
    "import * as aq from 'arquero'\nconst persons = aq.table({ age: [37] })",
    'persons.numRows()\npersons.columnIndex',
    'const count: number = persons.numRows()',
  ]
  await notebook.reads(renamed)
  await page.getByText('Renamed to persons: 4 places in 3 cells.').waitFor()

  await page.keyboard.press('F12')
  await notebook.shows(first!, 'data-selected', 'edit')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await notebook.reads(renamed.map((source) => source.replaceAll('persons', 'people')))
})

test('where the notebook says so, a cell with a type error is refused and says why', async () => {
  const { page, openNotebook } = person
  const notebook = await openNotebook(['const text: string = 1 + 1', '2 + 2'])
  await page.getByTestId('problems').click()
  await page.getByRole('switch', { name: 'Do not run cells with type errors' }).click()
  await page.keyboard.press('Escape')
  await notebook.saved()
  const cell = notebook.cells.first()
  await notebook.edit(cell)
  await page.keyboard.press('Control+Enter')
  await page.getByText('cell 1 has a type error in line 1').waitFor()
  await notebook.edit(notebook.cells.nth(1))
  await page.keyboard.press('Control+Enter')
  await notebook.ends(notebook.cells.nth(1), 'done')
})
