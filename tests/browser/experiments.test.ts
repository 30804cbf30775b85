import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('what cells record is found, filtered, drawn and read run by run', async () => {
  const { cellWith, ends } = await at.openNotebook([
    `import { track } from 'cellar'
for (const rate of [0.1, 0.01]) await track.run('rate ' + rate, async (run) => {
  run.params({ rate, model: 'line' })
  for (let step = 0; step < 20; step++) run.metric('loss', Math.exp(-rate * step))
  await run.artifact('note', 'rate was ' + rate)
})`,
  ])
  const { page } = at
  await page.getByRole('button', { name: 'Run all' }).click()
  const cell = await cellWith('track.run')
  await ends(cell, 'done')
  expect(await cell.getByTestId('run').getByRole('link').allInnerTexts()).toEqual(['rate 0.1', 'rate 0.01'])
  await cell.getByRole('link', { name: 'rate 0.1', exact: true }).click()

  await page.getByRole('heading', { name: 'rate 0.1', exact: true }).waitFor()
  await page.getByText('Done, began').waitFor()
  await page.getByRole('figure').getByRole('heading', { name: 'loss' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'note.txt' }).click()
  expect((await download).suggestedFilename()).toBe('note.txt')

  await page.getByRole('link', { name: 'Experiments' }).first().click()
  const table = page.getByRole('region', { name: 'Runs' })
  const names = () => table.locator('tbody tr').getByRole('link', { name: /^rate/ }).allInnerTexts()
  await expect.poll(names).toEqual(['rate 0.01', 'rate 0.1'])
  await page.getByRole('button', { name: 'Sort by rate' }).click()
  await page.getByRole('button', { name: /^Sort by rate, now ascending/ }).click()
  await expect.poll(names).toEqual(['rate 0.1', 'rate 0.01'])
  const filter = page.getByRole('textbox', { name: 'Filter runs' })
  await filter.fill('loss < 0.5 and')
  await page.getByText('a term is missing after "and"').waitFor()
  await filter.fill('loss < 0.5 and model = line')
  await expect.poll(names).toEqual(['rate 0.1'])
  await page.reload()
  await expect.poll(names).toEqual(['rate 0.1'])
  expect(await filter.inputValue()).toBe('loss < 0.5 and model = line')
  await table.getByRole('checkbox', { name: 'Select rate 0.1' }).check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('No run is like this').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect.poll(names).toEqual(['rate 0.01'])
})
