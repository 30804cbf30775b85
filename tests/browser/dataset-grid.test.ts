import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

/** Opens the rows of a data set; resolves to what a person sees of it. */
async function openRows(name: string) {
  const { page, cellar } = at
  await page.goto(`${cellar.origin}/data/${name}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row} ${column}"]`)
  await expect.poll(() => cell(0, 0).innerText()).not.toBe('')
  const unsaved = page.getByRole('region', { name: 'Unsaved changes' })
  return { page, cell, unsaved }
}

test('a grid is edited like a spreadsheet: typed, pasted, undone, kept while the page is closed, saved, compared', async () => {
  const { page, cell, unsaved } = await openRows('penguins')
  await cell(0, 2).click()
  await page.keyboard.type('a lot')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('this is not a number').waitFor()
  await page.keyboard.press('Escape')
  expect(await cell(0, 2).innerText()).toBe('39.1')

  await page.keyboard.type('40')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Delete')
  expect([await cell(0, 2).innerText(), await cell(1, 2).innerText()]).toEqual(['40', 'null'])
  await unsaved.getByText('2 changed').waitFor()
  await page.keyboard.press('Control+z')
  expect(await cell(1, 2).innerText()).toBe('39.5')
  await page.keyboard.press('Control+Shift+z')
  expect(await cell(1, 2).innerText()).toBe('null')

  // A block of two rows and two columns, one value of which is none.
  await cell(2, 2).click()
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '1.5\t2.5\nfew\t3.5\n')
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  })
  await page.getByText('1 pasted value does not fit and is left out').waitFor()
  expect(
    await Promise.all([cell(2, 2), cell(2, 3), cell(3, 2), cell(3, 3)].map((each) => each.innerText())),
  ).toEqual(['1.5', '2.5', 'null', '3.5'])

  await cell(5, 0).click()
  await page.getByRole('button', { name: 'Delete row' }).click()
  await page.getByRole('button', { name: 'Add row' }).click()
  await page.getByLabel('species, text').selectOption('Gentoo')
  await unsaved.getByText('4 changed, 1 new, 1 deleted').waitFor()

  await page.reload()
  await unsaved.getByText('4 changed, 1 new, 1 deleted, as you left them').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByLabel('What was changed, and why').fill('Weighed again')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await unsaved.waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Versions' }).click()
  await page.getByText('Weighed again').waitFor()
  await page.getByRole('button', { name: 'More of version 2' }).click()
  await page.getByRole('menuitem', { name: 'Compare with version 1' }).click()
  await page.getByText('Changed 4', { exact: true }).waitFor()
  const [first] = await page.getByRole('row').filter({ hasText: 'changed' }).allInnerTexts()
  expect(first).toContain('39.1')
})

test('who saves a row that somebody else has changed meanwhile sees both, chooses, and loses nothing', async () => {
  const { page, cell, unsaved } = await openRows('iris')
  const { person } = at
  await cell(0, 0).click()
  await page.keyboard.type('7')
  await page.keyboard.press('Tab')
  await page.keyboard.type('8')
  await page.keyboard.press('Enter')
  const edits = { changed: [{ row: 0, values: { sepal_length: 1, species: 'virginica' } }] }
  const other = await person.request('/api/datasets/iris/versions', person.json({ parent: 1, edits }))
  expect(other.status).toBe(201)

  await page.getByRole('button', { name: 'Save as version' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Others changed the same rows' })
  await dialog.getByRole('row').nth(3).waitFor()
  const rows = await dialog.getByRole('row').allInnerTexts()
  expect(rows.map((row) => row.trim().split(/\s+/))).toEqual([
    ['Column', 'Was', 'Theirs', 'Mine'],
    ['sepal_length', '5.1', '1', '7'],
    ['sepal_width', '3.5', '3.5', '8'],
    ['species', 'setosa', 'virginica', 'setosa'],
  ])
  // The dialog is left and comes again: nothing was saved, nothing is gone.
  await dialog.getByRole('button', { name: 'Back to the rows' }).click()
  await unsaved.getByText('1 changed').waitFor()
  await page.getByRole('button', { name: 'Save as version' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await dialog.getByLabel('theirs of sepal_length').check()
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click()
  await unsaved.waitFor({ state: 'detached' })
  await expect
    .poll(() => Promise.all([0, 1, 4].map((column) => cell(0, column).innerText())))
    .toEqual(['1', '8', 'virginica'])
  // What the refused save answered is no fault of the page.
  at.complaints.splice(0)
})

test('rows are filtered and sorted, and a column gets another type after a look at what does not fit', async () => {
  const { page, cell } = await openRows('income')
  await page.getByLabel('Search all columns').fill('Doctorate')
  await page.getByText('413 of 32,561 rows').waitFor()
  await page.getByRole('button', { name: 'Column age' }).click()
  await page.getByRole('menuitem', { name: 'Sort descending' }).click()
  await expect.poll(() => cell(0, 0).innerText()).toBe('80')

  await page.getByRole('button', { name: 'Column age' }).click()
  await page.getByRole('menuitem', { name: 'Change type…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Type of age' })
  await dialog.getByLabel('What the column holds').click()
  await page.getByRole('option', { name: 'boolean' }).click()
  await dialog.getByText('32,561 of 32,561 values are no boolean:').waitFor()
  await dialog.getByLabel('What the column holds').click()
  await page.getByRole('option', { name: 'number', exact: true }).click()
  await dialog.getByText('All 32,561 values fit.').waitFor()
  await dialog.getByRole('button', { name: 'Change type' }).click()
  await page.getByText('Version 2 is saved.').waitFor()
})

test('a page says what was saved elsewhere; two tabs keep their unsaved edits apart', async () => {
  const { page, cell, unsaved } = await openRows('income')
  const other = await at.context.newPage()
  await other.goto(`${at.cellar.origin}/data/income`)
  const age = (of: typeof page) => of.locator('[data-cell="0 0"]')
  await expect.poll(() => age(other).innerText()).not.toBe('')
  for (const [each, typed] of [
    [page, '3'],
    [other, '4'],
  ] as const) {
    await age(each).click()
    await each.keyboard.type(typed)
    await each.keyboard.press('Enter')
    await each.getByText('Not saved yet:').waitFor()
  }
  await other.getByText('another tab of yours has unsaved changes, too').waitFor()
  await other.reload()
  await other.getByText('1 changed, as you left them').waitFor()
  expect([await cell(0, 0).innerText(), await age(other).innerText()]).toEqual(['3', '4'])

  const { person } = at
  const edits = { deleted: [5] }
  await person.request('/api/datasets/income/versions', person.json({ parent: 2, edits }))
  await page.getByText('saved version 3 meanwhile.').waitFor()
  await page.getByRole('button', { name: 'Show what is new' }).click()
  await unsaved.getByText('begun on version 2, the newest is 3').waitFor()
  await other.close()
})
