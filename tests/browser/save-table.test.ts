import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('what a table shows is saved as a data set, which the panel lists and a press reads', async () => {
  const { page } = at
  const { cells, press, ends } = await at.openNotebook([
    `const pairs = (await import('arquero')).table({ kind: ['a', 'b', 'a'], n: Int32Array.of(1, 2, 3) })\npairs`,
  ])
  await press(cells.first(), 'Run')
  await ends(cells.first(), 'done')
  const table = cells.first().getByTestId('table')
  await table.getByRole('textbox', { name: 'Search all columns' }).fill('a')
  await table.getByText(/^2 of 3 rows/).waitFor()

  await table.getByRole('button', { name: 'Save as data set' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as data set' })
  await dialog.getByRole('combobox', { name: 'Data set' }).fill('pairs')
  await dialog.getByText('This becomes a new data set.').waitFor()
  await dialog.getByRole('textbox', { name: 'What was done' }).fill('only a')
  expect(await dialog.getByRole('radio', { name: 'These 2' }).isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('status').getByText('Version 1 of pairs has 2 rows.').waitFor()
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  await page.getByRole('button', { name: 'Data', exact: true }).click()
  await page.getByRole('button', { name: 'Insert code that reads pairs' }).click()
  const reading = cells.nth(1)
  await press(reading, 'Run')
  await ends(reading, 'done')
  expect(await reading.getByTestId('table').locator('tbody tr').allInnerTexts()).toEqual([
    '1\ta\t1',
    '2\ta\t3',
  ])
})
