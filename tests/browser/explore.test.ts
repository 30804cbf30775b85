import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { notebookPage } from '../support/notebook-page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('iris is explored: a preset, colours, a filter by a press, and the cells that make the figure', async () => {
  const { page, cellar } = at
  await page.goto(`${cellar.origin}/data/iris`)
  await page.getByRole('link', { name: 'Explore' }).click()
  await page
    .getByRole('img', { name: 'Histogram of petal_length: from 1 to 6.9, most often 1.4 to 1.6' })
    .waitFor()

  await page.getByRole('button', { name: 'Petal', exact: true }).click()
  const scatter = 'Scatter plot of petal_width by petal_length, coloured by species'
  await page.getByRole('img', { name: `${scatter}: 150 rows of setosa, versicolor, virginica` }).waitFor()

  await page.getByRole('button', { name: 'virginica', exact: true }).click()
  await page.getByText('species is virginica', { exact: true }).waitFor()
  await page.getByRole('img', { name: `${scatter}: 50 rows` }).waitFor()
  await page.getByRole('img', { name: 'Histogram of petal_length: from 4.5 to 6.9' }).waitFor()

  // A bar of the bar chart, beside what is chosen; the same by key, in its table.
  const species = page
    .getByRole('figure')
    .filter({ has: page.getByRole('heading', { name: 'species', exact: true }) })
  await species
    .locator('.press rect')
    .first()
    .click({ modifiers: ['Shift'] })
  await page.getByText('species is virginica or setosa').waitFor()
  await species.getByText('As a table').press('Enter')
  await species.getByRole('button', { name: 'versicolor' }).press('Enter')
  await page.getByText('species is versicolor', { exact: true }).waitFor()
  await page.reload()
  await page.getByRole('img', { name: 'Histogram of petal_length: from 3 to 5.1' }).waitFor()
  expect(new URL(page.url()).search).toBe('?x=petal_length&y=petal_width&filter=species~is~versicolor')

  await page
    .getByRole('button', { name: `Open petal_width by petal_length, coloured by species in a notebook` })
    .click()
  await page.getByRole('menuitem', { name: 'New notebook' }).click()
  const { cellWith, ends } = notebookPage(page)
  await page.getByText('where species is versicolor').waitFor()
  await page.getByRole('button', { name: 'Run all' }).click()
  const cell = await cellWith('Plot.dot')
  await ends(cell, 'done')
  await cell.locator('img').waitFor()
})
