import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { cookiesOf, signUp } from '../../bench/client'
import { cellIds, deleteCell, insertCell } from '../../lib/notebook/document'
import { findChromium } from '../../lib/stack/chromium'
import { startCellar } from './cellar'
import { notebookPage } from './notebook-page'
import { newPage } from './page'
import { root } from './paths'

const shots = path.join(root, '.cellar/test-screenshots')

export type Browsing = Awaited<ReturnType<typeof browse>>

/**
 * For the top of a test file: a person who is signed in, in a real browser, on the production build that `npm start` runs,
 * handed to `use` before the first test. What the page complains about fails the test; a failed test leaves a screenshot.
 */
export function withBrowser(use: (browsing: Browsing) => void) {
  let at: Browsing | undefined
  beforeAll(async () => {
    at = await browse()
    use(at)
  }, 420_000)
  afterEach(async ({ task }) => {
    if (!at) return
    if (task.result?.state === 'fail') {
      await mkdir(shots, { recursive: true })
      const name = task.name.replace(/\W+/g, '-').slice(0, 60)
      await at.page.screenshot({ path: path.join(shots, `${name}.png`) })
    }
    expect(at.complaints.splice(0)).toEqual([])
  })
  afterAll(() => at?.close())
}

async function browse() {
  const cellar = await startCellar()
  const found = await findChromium()
  const browser = await chromium.launch({ executablePath: found.path, args: found.args })
  const person = await signUp(cellar.origin)
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  })
  await context.addCookies(cookiesOf(person))
  context.setDefaultTimeout(90_000)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const page = await context.newPage()

  return {
    cellar,
    browser,
    person,
    context,
    page,
    complaints,
    /** Opens a new notebook of these code cells in the page; resolves to what a person can do there. */
    async openNotebook(cells: string[], title = 'Notebook') {
      const line = await newPage(person, title)
      for (const id of cellIds(line.document)) deleteCell(line.document, id)
      for (const [i, source] of cells.entries()) insertCell(line.document, i, 'code', source)
      await line.saved()
      line.close()
      const id = line.notebookId
      await page.goto(`${cellar.origin}/n/${id}`)
      const notebook = notebookPage(page)
      await expect.poll(() => notebook.cells.count()).toBe(cells.length)
      return { id, ...notebook }
    },
    async close() {
      await browser.close()
      await cellar.stop()
    },
  }
}
