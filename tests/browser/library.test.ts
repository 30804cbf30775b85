import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browsing, browse } from '../support/browser'
import { notebookPage } from '../support/notebook-page'

let at: Browsing
beforeAll(async () => {
  at = await browse()
}, 420_000)
afterAll(() => at?.close())

const textOf = async (download: Download) => readFile((await download.path())!, 'utf8')

test('an .ipynb comes out as it went in, with its outputs', async () => {
  const { page, cellar } = at
  const ipynb = {
    cells: [
      { cell_type: 'markdown', id: 'intro', metadata: {}, source: ['# Round trip\n', 'text'] },
      {
        cell_type: 'code',
        execution_count: 7,
        id: 'code1',
        metadata: {},
        outputs: [{ name: 'stdout', output_type: 'stream', text: ['hello\n'] }],
        source: ["console.log('hello')"],
      },
    ],
    metadata: { kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' } },
    nbformat: 4,
    nbformat_minor: 5,
  }
  await page.goto(`${cellar.origin}/notebooks`)
  await page.getByLabel('Files to import').setInputFiles({
    name: 'round.ipynb',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(ipynb)),
  })
  await page.waitForURL('**/n/*')
  const notebook = notebookPage(page)
  expect(await (await notebook.cellWith('hello')).getByTestId('outputs').innerText()).toBe('hello')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as .ipynb' }).click(),
  ])
  expect(JSON.parse(await textOf(download))).toMatchObject({ cells: ipynb.cells, nbformat: 4 })
}, 60_000)
