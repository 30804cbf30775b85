import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const source = `import { promote } from 'cellar'
const people = Array.from({ length: 300 }, (_, i) => ({ age: 20 + (i % 50) }))
const judge = (rows) => rows.map(({ age }) => ({ label: age > 40 ? 'old' : 'young' }))
await promote('ages', judge, { data: people })`

test('requests are found, labelled and exported, their figures stand on the monitoring page, and an alert is set', async () => {
  const { page, person, cellar } = at
  const { cells, press, ends } = await at.openNotebook([source])
  await press(cells.first(), 'Run')
  await ends(cells.first(), 'done')
  const created = await person.request('/api/tokens', person.json({ name: 'shop' }))
  const { token } = (await created.json()) as { token: string }
  for (const age of [30, 50, 70, 'old'])
    await fetch(`${cellar.origin}/api/v1/ages/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ age }),
    })

  await page.goto(`${cellar.origin}/endpoints/ages/requests`)
  const rows = page.getByRole('region', { name: 'Requests' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(4)
  await page.getByRole('textbox', { name: 'Id, or text of an error' }).fill('EXPECTED a number')
  await expect.poll(() => rows.count()).toBe(1)
  expect(await rows.first().innerText()).toContain('age: expected a number, got "old"')
  await page.getByRole('textbox', { name: 'Id, or text of an error' }).fill('')

  await page.getByRole('button', { name: 'Field' }).click()
  await page.getByPlaceholder('a number').fill('50')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => rows.count()).toBe(1)
  expect(page.url()).toContain('where=')
  await rows.first().getByRole('button').click()
  const dialog = page.getByRole('dialog', { name: 'Request' })
  expect(await dialog.getByLabel('Input as JSON').innerText()).toContain('"age": 50')
  await dialog.getByRole('textbox', { name: 'What turned out to be true' }).fill('{"label": "young"}')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('The prediction says something else.').waitFor()
  await page.keyboard.press('Escape')
  await rows.first().getByText('wrong').waitFor()

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ])
  const lines = (await readFile((await download.path())!, 'utf8')).trim().split('\n')
  expect(lines.map((line) => line.split(',').slice(-5).join())).toEqual([
    'error,truth,right,input.age,output.label',
    expect.stringMatching(/,false,50,old$/),
  ])

  const tabs = page.getByRole('navigation', { name: 'Pages of ages' })
  await tabs.getByRole('link', { name: 'Monitoring' }).click()
  const figures = page.getByRole('region', { name: 'Figures by version' }).locator('tbody tr')
  await expect.poll(() => figures.first().innerText()).toMatch(/^1\.0\.0\s+4\s+0 %\s+25\.0 %/)
  await page.getByText('Not compared yet').waitFor()

  await tabs.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Add an alert' }).click()
  const alert = page.getByRole('dialog', { name: 'Add an alert' })
  await alert.getByLabel('Told by mail').fill('ops@example.org')
  await alert.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Share of failed requests over 5 % in 5 min, of 20 requests or more').waitFor()
})
