import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey, predict } from '../support/endpoint'
import { newPage } from '../support/page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const cell = (factor: number) => `import { promote } from 'cellar'
const scale = (people) => people.map(({ age }) => age * ${factor})
await promote('age-scale', scale, { data: [{ age: 21 }, { age: 48 }] })`

test('a version is reproduced, and another shadows the one in production until it is ended', async () => {
  const { page, cellar, person } = at
  const notebook = await newPage(person)
  for (const factor of [2, 3]) expect((await notebook.execute(cell(factor), 120_000)).state).toBe('done')
  notebook.close()

  await page.goto(`${cellar.origin}/endpoints/age-scale/versions/1.0.0`)
  await page.getByText('Not tried yet.').waitFor()
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click()
  const same = page.getByRole('article', { name: 'Reproduction: Same' })
  await same.waitFor()
  expect(await same.innerText()).toContain(
    'The predictions of 3 records agree within 1e-6; the largest difference is 0.',
  )

  await page.getByRole('button', { name: 'Shadow the requests' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await page.getByText('Gets copies of 100 % of the requests', { exact: true }).waitFor()
  const { token } = await newKey(person)
  const figures = page.getByRole('region', { name: 'Answers and shadow' })
  await expect
    .poll(
      async () => {
        const headers = { authorization: `Bearer ${token}` }
        const { body } = await predict(cellar.origin, 'age-scale', { age: 20 }, headers)
        expect(body).toMatchObject({ version: '1.0.1', predictions: [60] })
        return figures.isVisible()
      },
      { interval: 500 },
    )
    .toBe(true)
  // 60 and 40: the two never agree.
  await page.getByText('0 %', { exact: true }).first().waitFor()

  await page.getByRole('link', { name: 'all versions' }).click()
  await page.getByTitle('Gets copies of 100 % of the requests').waitFor()
  await page.goto(`${cellar.origin}/endpoints/age-scale/versions/1.0.0`)
  await page.getByRole('button', { name: 'End the shadow' }).click()
  await page.getByRole('button', { name: 'Shadow the requests' }).waitFor()
})
