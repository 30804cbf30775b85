import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { predict, promoteEndpoint } from '../support/endpoint'
import { newPage } from '../support/page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('a key is made with a rate, an endpoint is given limits, and requests meet both', async () => {
  const { page, cellar, person } = at
  const notebook = await newPage(person)
  await promoteEndpoint(notebook, 'price')
  notebook.close()

  await page.goto(`${cellar.origin}/settings`)
  await page.getByRole('button', { name: 'New API key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Web shop')
  await dialog.getByLabel('Requests a second').fill('50')
  await dialog.getByRole('button', { name: 'Make key' }).click()
  const token = /cellar_[0-9a-f]{16}_[0-9a-f]{64}/.exec(
    await dialog.getByLabel('API key', { exact: true }).innerText(),
  )![0]
  await dialog.getByRole('button', { name: 'Done' }).click()
  const ask = (records: unknown) =>
    predict(cellar.origin, 'price', records, { authorization: `Bearer ${token}` })
  const good = { size: 2, colour: 'red', note: null }
  expect((await ask(good)).status).toBe(200)

  await page
    .getByRole('button', { name: 'Change the rate limit of Web shop: 50 a second, 50 at once' })
    .click()
  await dialog.getByLabel('Requests a second').fill('0.02')
  await dialog.getByLabel('At once').fill('1')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const rate = page.getByRole('button', {
    name: 'Change the rate limit of Web shop: 0.02 a second, 1 at once',
  })
  await rate.waitFor()
  await expect.poll(async () => (await ask(good)).status).toBe(429)
  await rate.click()
  await dialog.getByLabel('Requests a second').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Change the rate limit of Web shop: none' }).waitFor()
  await expect.poll(async () => (await ask(good)).status).toBe(200)

  await page.goto(`${cellar.origin}/endpoints/price/settings`)
  await page.getByLabel('Deadline').fill('500')
  await page.getByLabel('Batch size').fill('8')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await page.getByText('The limits were saved. They count within a second.').waitFor()
  await page.reload()
  expect(await page.getByLabel('Deadline').inputValue()).toBe('500 ms')
  expect(await page.getByLabel('Batch size').inputValue()).toBe('8 records')
  expect(await page.getByLabel('Queue length').inputValue()).toBe('')
  expect((await ask([good, good])).body.predictions).toEqual([{ price: 2 }, { price: 2 }])
})
