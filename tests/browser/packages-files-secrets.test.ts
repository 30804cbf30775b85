import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('a package is installed from its panel and used, a file uploaded and read, a secret printed is not seen', async () => {
  const { page } = at
  const { cellWith, ends, press } = await at.openNotebook([
    "import pad from 'left-pad'\npad('5', 3, '0')",
    "import { dataset } from 'cellar'\n;(await dataset('points.csv')).numRows()",
    "import { secret } from 'cellar'\nconsole.log('the key:', await secret('API_KEY'))",
  ])
  const [padded, read, printed] = await Promise.all(['left-pad', 'points.csv', 'API_KEY'].map(cellWith))
  const open = (name: string) =>
    page.getByRole('navigation', { name: 'Panels', exact: true }).getByRole('button', { name }).click()

  await press(padded!, 'Run')
  await ends(padded!, 'failed')
  await padded!.getByRole('button', { name: 'Install left-pad' }).waitFor()
  await open('Packages')
  await page.getByLabel('Package to add').fill('left-pad@1.3.0')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const packages = page.getByRole('list', { name: 'Packages of this notebook' })
  await packages.getByText('1.3.0').waitFor()
  await press(padded!, 'Run')
  await ends(padded!, 'done')
  expect(await padded!.getByTestId('outputs').innerText()).toBe("'005'")

  await open('Files')
  const file = { name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from('x,y\n1,2\n3,4\n') }
  await page.getByLabel('Files to upload').setInputFiles(file)
  await page.getByRole('list', { name: 'Files' }).getByText('points.csv').waitFor()
  await press(read!, 'Run')
  await ends(read!, 'done')
  expect(await read!.getByTestId('outputs').innerText()).toBe('2')

  await open('Secrets')
  await page.getByLabel('Name', { exact: true }).fill('API_KEY')
  await page.getByLabel('Value', { exact: true }).fill('never to be seen')
  await page.getByRole('button', { name: 'Add secret' }).click()
  await page.getByRole('list', { name: 'This notebook' }).getByText('API_KEY').waitFor()
  await press(printed!, 'Run')
  await ends(printed!, 'done')
  expect(await printed!.getByTestId('outputs').innerText()).toBe('the key: [secret API_KEY]')
})
