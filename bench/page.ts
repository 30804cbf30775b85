import { type Browser, chromium, type Page } from 'playwright-core'
import { insertCells } from '../lib/notebook/document'
import { findChromium } from '../lib/stack/chromium'
import { cookiesOf, openNotebook, type Person } from './client'
import { type Task, tasksOf } from './trace'

/** The text of a large notebook's cell: prose, short functions, printing. */
export const cellOfMany = (i: number): { kind: 'code' | 'markdown'; source: string } =>
  i % 5 === 0
    ? { kind: 'markdown', source: `## Part ${i}\n\nWhat *part ${i}* does, with \`code\`.` }
    : {
        kind: 'code',
        source:
          i % 5 === 1
            ? `for (let line = 0; line < 30; line++) console.log('line', line, ${i})`
            : `// step ${i}\nconst f${i} = (x: number) => {\n  if (x > ${i}) return x * 2\n  const label = \`value of \${x}\`\n  return label.length + ${i}\n}\nf${i}(${i})`,
      }

/** Opens a notebook's page: milliseconds until its cells are there, and until the first has its editor. */
export async function openOf(page: Page, address: string): Promise<{ cellsMs: number; editorMs: number }> {
  await page.goto('about:blank')
  const began = performance.now()
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('[data-cell-id]').first().waitFor()
  const cellsMs = performance.now() - began
  await page.locator('.monaco-editor .view-line').first().waitFor()
  return { cellsMs, editorMs: performance.now() - began }
}

/** Scrolls from one end to the other and back, a third of the screen at a time; the tasks of the page meanwhile. */
export const scrollTasks = (browser: Browser, page: Page): Promise<Task[]> =>
  tasksOf(browser, page, () =>
    page.evaluate(async () => {
      const scroller = document.querySelector('[data-scroller]')!
      const frame = () => new Promise((done) => requestAnimationFrame(done))
      const step = scroller.clientHeight / 3
      for (let y = 0; y < scroller.scrollHeight; y += step) {
        scroller.scrollTop = y
        await frame()
      }
      for (let y = scroller.scrollHeight; y > 0; y -= step) {
        scroller.scrollTop = y
        await frame()
      }
    }),
  )

/** A notebook of 500 cells in Chromium: its opening, warm, and the longest task of a scroll through it. */
export async function openLarge(person: Person) {
  const notebook = await openNotebook(person, 'Five hundred cells')
  const cells = Array.from({ length: 499 }, (_, i) => cellOfMany(i))
  insertCells(notebook.document, 0, cells)
  // Waits until all of them are saved, too.
  await notebook.addCell('1')
  notebook.close()
  const { path, args } = await findChromium()
  const browser = await chromium.launch({ executablePath: path, args })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookiesOf(person))
    const page = await context.newPage()
    const address = `${person.origin}/n/${notebook.notebookId}`
    // The first visit fetches and compiles what every later one has.
    await openOf(page, address)
    const opened = await openOf(page, address)
    const [longest] = await scrollTasks(browser, page)
    return { ...opened, scrollMs: longest?.ms ?? 0 }
  } finally {
    await browser.close()
  }
}
