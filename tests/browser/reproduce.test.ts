import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newPage } from '../support/page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const cell = `import { promote } from 'cellar'
const scale = (people) => people.map(({ age }) => age * 2)
await promote('age-scale', scale, { data: [{ age: 21 }, { age: 48 }] })`

test('a version is reproduced: its cells run again and its predictions are the same', async () => {
  const { page, cellar, person } = at
  const notebook = await newPage(person)
  expect((await notebook.execute(cell, 120_000)).state).toBe('done')
  notebook.close()

  await page.goto(`${cellar.origin}/endpoints/age-scale/versions/1.0.0`)
  await page.getByText('Not tried yet.').waitFor()
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click()
  const same = page.getByRole('article', { name: 'Reproduction: Same' })
  await same.waitFor({ timeout: 60_000 })
  expect(await same.innerText()).toContain(
    'The predictions of 3 records agree within 1e-6; the largest difference is 0.',
  )
}, 240_000)
