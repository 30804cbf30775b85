import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { notebookPage } from '../support/notebook-page'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const textOf = async (download: Download) => readFile((await download.path())!, 'utf8')

test('a run is kept in the history, compared with the present and brought back; undo takes it back', async () => {
  const { page } = at
  const { cellWith, edit, ends, press, reads, saved } = await at.openNotebook(['const k = 3', 'k * 2'])
  const first = await cellWith('const k')
  const type = async (text: string) => {
    await edit(first)
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(text)
    await saved()
  }
  await type('0')
  await press(first, 'Run')
  await ends(first, 'done')
  await type('0')
  await page.getByRole('button', { name: 'History', exact: true }).click()
  const history = page.getByRole('region', { name: 'History' })
  await history.getByRole('button', { name: /Run/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 changed, 1 the same').waitFor()
  expect(await dialog.getByLabel('Changed lines').textContent()).toBe(
    '−removed: const k = 30+added: const k = 300',
  )
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await reads(['const k = 30', 'k * 2'])
  await expect
    .poll(() => history.locator('li').allInnerTexts())
    .toEqual([
      expect.stringMatching(/Restored/),
      expect.stringMatching(/Edits · Bench/),
      expect.stringMatching(/Run · Bench/),
      expect.stringMatching(/Edits · Bench/),
      expect.stringMatching(/Created · Bench/),
    ])
  await (await cellWith('k * 2')).click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('Escape')
  await page.keyboard.press('z')
  await reads(['const k = 300', 'k * 2'])
  await page.getByRole('button', { name: 'Close the panel' }).click()
})

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
})

test('notebooks are put into folders, found by what they hold, thrown away and brought back', async () => {
  const { page, cellar } = at
  await at.openNotebook(['const tardigrade = 8'], 'Water bears')
  await page.goto(`${cellar.origin}/notebooks`)
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Animals')
  await page.keyboard.press('Enter')
  const folder = page.getByRole('list', { name: 'Folders here' }).getByRole('link', { name: 'Animals' })
  const row = page.getByRole('row', { name: /Water bears/ })
  // What goes away or comes in between would move the row from under the pointer.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await folder.waitFor()
  await row.dragTo(folder)
  await row.waitFor({ state: 'detached' })
  await folder.click()
  await row.waitFor()
  await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'Notebooks' }).click()
  // What is typed before the page has come is typed into the one before it.
  await folder.waitFor()
  await page.getByRole('textbox', { name: 'Search names and contents' }).fill('tardi')
  const found = page.getByRole('list', { name: 'Found notebooks' })
  await found.getByRole('link', { name: 'const tardigrade = 8' }).waitFor()
  await found.getByRole('link', { name: 'const tardigrade = 8' }).click()
  await page.waitForURL('**/n/*#cell-*')
  await page.goto(`${cellar.origin}/notebooks`)
  await folder.click()
  await page.getByRole('checkbox', { name: 'Select Water bears' }).click()
  await page
    .getByRole('toolbar', { name: 'Selected notebooks' })
    .getByRole('button', { name: 'Move to the trash' })
    .click()
  await row.waitFor({ state: 'detached' })
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('link', { name: 'Trash' }).click()
  await row.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('The trash is empty').waitFor()
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('link', { name: 'Animals' }).click()
  await row.waitFor()
})

test('a data set that was deleted is brought back from the trash, or deleted for good', async () => {
  const { page, cellar, person } = at
  await expect.poll(async () => (await person.request('/api/datasets')).text()).toContain('penguins')
  for (const name of ['iris', 'penguins'])
    expect((await person.request(`/api/datasets/${name}`, { method: 'DELETE' })).ok).toBe(true)
  await page.goto(`${cellar.origin}/data`)
  await page.getByRole('link', { name: 'Trash' }).click()
  await page.getByRole('row', { name: /^iris/ }).getByRole('button', { name: 'Restore' }).click()
  await page.getByText('“iris” is back.').waitFor()
  await page.getByRole('button', { name: 'Delete penguins for good' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('The trash is empty').waitFor()
  await page.getByRole('link', { name: 'Data' }).last().click()
  await page.getByRole('link', { name: 'iris' }).waitFor()
  expect(await page.getByRole('link', { name: 'penguins' }).count()).toBe(0)
})
