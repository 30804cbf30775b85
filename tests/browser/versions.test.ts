import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newPage } from '../support/page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const cells = (factor: number) => `import { promote } from 'cellar'
const scale = (people) => people.map(({ age }) => age * ${factor})
await promote('age-scale', scale, { data: [{ age: 21 }, { age: 48 }] })`

test('a version is looked at, compared with another, taken along as a file and deleted', async () => {
  const { page, cellar, person } = at
  const notebook = await newPage(person)
  for (const factor of [2, 3]) {
    const { state, outputs } = await notebook.execute(cells(factor), 120_000)
    expect([state, state === 'done' || outputs]).toEqual(['done', true])
  }
  notebook.close()

  await page.goto(`${cellar.origin}/endpoints/age-scale`)
  await page.getByRole('link', { name: 'Version 1.0.0' }).click()
  await page.getByRole('heading', { name: 'Version 1.0.0' }).waitFor()
  await page.getByRole('region', { name: 'The promoted cell' }).getByText('age * 2').waitFor()

  const [bundle] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as Bundle' }).click(),
  ])
  expect(bundle.suggestedFilename()).toBe('age-scale-1.0.0.tgz')
  expect((await readFile(await bundle.path())).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
  await page.getByRole('button', { name: 'Download as Keras 3' }).click()
  await page.getByText('it is code, which only the bundle can carry').waitFor()
  // The browser tells of every refusal.
  expect(at.complaints.splice(0)).toEqual([expect.stringContaining('422')])

  await page.getByRole('link', { name: 'Compare with 1.0.1' }).click()
  await page.getByText('age * 3').waitFor()
  await page.getByRole('button', { name: 'Predict with both' }).click()
  const predictions = page.getByTestId('predictions')
  await predictions.getByText('63', { exact: true }).waitFor()
  await predictions.getByText('42', { exact: true }).waitFor()

  await page.goto(`${cellar.origin}/endpoints/age-scale/versions/1.0.0`)
  const menu = page.getByRole('button', { name: 'Status of 1.0.0' })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByText('it is staging, ready to take over').waitFor()
  await page.getByRole('button', { name: 'Close' }).last().click()
  await menu.click()
  await page.getByRole('menuitem', { name: 'Move to testing' }).click()
  await page.getByRole('button', { name: 'Move to testing' }).click()
  await page.getByText('Version 1.0.0 is in testing.').waitFor()
  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Version 1.0.0 was deleted', { exact: false }).first().waitFor()
})
