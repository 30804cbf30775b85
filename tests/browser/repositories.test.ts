import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey, predict } from '../support/endpoint'
import { serveRepository } from '../support/repository'

// The repository of this test is on this machine, which no installation would otherwise ask.
process.env.CELLAR_REPOSITORY_NETWORKS = '127.0.0.1/32'

let at: Browsing
let repository: Awaited<ReturnType<typeof serveRepository>>
withBrowser((browsing) => {
  at = browsing
})
beforeAll(async () => {
  repository = await serveRepository()
})
afterAll(() => repository.close())

const notebook = `// %%
import { promote } from 'cellar'
await promote('prices', (records) => records.map(({ size }) => ({ price: size * factor })), { data: [{ size: 1 }, { size: 2.5 }] })
// %%
import { rate } from './rate'
const factor = rate('blue')
`
const tests = `import { test } from 'node:test'
import assert from 'node:assert/strict'
import { rate } from './rate'
test('blue is ten', () => assert.equal(rate('blue'), 10))
`

test('a repository is connected and pulled, its notebook promotes; a push whose test fails promotes nothing', async () => {
  const { page, cellar, person } = at
  repository.commit(
    {
      'models/train.ts': notebook,
      'models/rate.ts': "export const rate = (colour: string) => (colour === 'blue' ? 10 : 1)\n",
      'models/rate.test.ts': tests,
    },
    'the first rates',
  )
  await page.goto(`${cellar.origin}/repositories`)
  await page.getByRole('button', { name: 'Connect a repository' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill(repository.address)
  await dialog.getByLabel('Notebook').fill('models/train.ts')
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await page.getByText('Not pulled yet').waitFor()
  await page.getByRole('button', { name: 'Pull now' }).click()
  const pulls = page.getByRole('article')
  await pulls.and(page.getByLabel('Pull done')).waitFor()
  await pulls.getByText('the first rates').waitFor()
  await pulls.getByText('Tests: 1 passed').waitFor()
  await pulls.getByRole('link', { name: 'prices 1.0.0' }).waitFor()

  const { token } = await newKey(person)
  const ask = () => predict(cellar.origin, 'prices', { size: 2 }, { authorization: `Bearer ${token}` })
  expect(await ask()).toMatchObject({ status: 200, body: { version: '1.0.0', predictions: [{ price: 20 }] } })

  await page.getByRole('button', { name: 'Show the secret' }).click()
  const [address, secret] = await Promise.all([
    page.getByLabel('Payload URL').inputValue(),
    page.getByLabel('Secret').inputValue(),
  ])
  repository.commit(
    { 'models/rate.ts': 'export const rate = (colour: string) => colour.length\n' },
    'another rate',
  )
  const body = JSON.stringify({ ref: 'refs/heads/main' })
  const sent = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  })
  expect(sent.status).toBe(202)
  const failed = pulls.and(page.getByLabel('Pull failed'))
  await failed.waitFor()
  await failed.getByText('a test failed, nothing was run or promoted: blue is ten').waitFor()
  await failed.getByText('4 !== 10').waitFor()
  expect(await ask()).toMatchObject({ status: 200, body: { version: '1.0.0', predictions: [{ price: 20 }] } })
})
