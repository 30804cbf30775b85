import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { signedHeaders } from '../../lib/webhooks/signature'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey, promoteEndpoint } from '../support/endpoint'
import { newPage } from '../support/page'

// The receiver below is on this machine, which webhooks leave alone unless they are told otherwise.
process.env.CELLAR_WEBHOOK_NETWORKS = '127.0.0.1/32'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const csv = (lines: string[]) => ({
  name: 'paints.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['size,colour,note', ...lines, ''].join('\n')),
})

test('a file becomes a job with its progress, its failed rows and its result; an application is told of the end', async () => {
  const { page, cellar, person } = at
  const received: { headers: Record<string, string>; body: string }[] = []
  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    received.push({ headers: request.headers as Record<string, string>, body })
    response.end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done`

  const line = await newPage(person, 'Paints')
  await promoteEndpoint(line, 'paint-price')
  line.close()

  await page.goto(`${cellar.origin}/endpoints/paint-price/settings`)
  await page.getByRole('button', { name: 'Make a signing key' }).click()
  const key = (await page.getByLabel('Signing key').innerText()).trim()
  await page.getByLabel('Address').fill(address)
  await page
    .locator('form')
    .filter({ has: page.getByLabel('Address') })
    .getByRole('button', { name: 'Save' })
    .click()
  await page.getByText('The webhook’s address was saved.').waitFor()

  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByText('No jobs yet').waitFor()
  at.complaints.length = 0
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'paints.csv', mimeType: 'text/csv', buffer: Buffer.from('size,color\n1,red\n') })
  await page
    .getByRole('alert')
    .getByText('the csv has columns that are no fields of this model: color')
    .waitFor()
  // The browser tells every answer that is no success.
  at.complaints.length = 0

  await page.locator('input[type=file]').setInputFiles(csv(['1,red,a', 'two,red,', '2.5,blue,a']))
  const row = page.getByRole('row').filter({ hasText: 'paints.csv' })
  await row.getByText('done', { exact: true }).waitFor()
  await row.getByText('3, 1 failed').waitFor()

  await row.getByRole('button', { name: 'paints.csv', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('size: expected a number, got "two"').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  await row.getByRole('button', { name: 'Download the result of paints.csv' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).first().click(),
  ])
  expect([download.suggestedFilename(), await readFile(await download.path(), 'utf8')]).toEqual([
    'paints-predictions.csv',
    [
      'row,size,colour,note,prediction_price,error',
      '1,1,red,a,1,',
      '2,two,red,,,"size: expected a number, got ""two"""',
      '3,2.5,blue,a,25,',
      '',
    ].join('\n'),
  ])

  await expect.poll(() => received.length).toBe(1)
  const [{ headers, body }] = received as [(typeof received)[0]]
  const sent = {
    id: headers['webhook-id']!,
    at: new Date(1000 * Number(headers['webhook-timestamp'])),
    body,
  }
  expect(headers).toMatchObject(signedHeaders(key, sent))
  const deliveries = page.getByRole('region', { name: 'Webhook deliveries' })
  await deliveries.getByText('delivered').waitFor()
  receiver.close()

  const { token } = await newKey(person)
  await fetch(`${cellar.origin}/api/v1/paint-price/predict?async=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ size: 3, colour: 'red' }),
  })
  await page.getByRole('button', { name: 'A request' }).click()
  await dialog.getByLabel('Predictions as JSON').getByText('"price": 3').waitFor()
})
