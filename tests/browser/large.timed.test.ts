import { expect, test } from 'vitest'
import { scrollTasks } from '../../bench/page'
import { tasksOf } from '../../bench/trace'
import { type Browsing, withBrowser } from '../support/browser'
import { notebookOfMany, printing } from '../support/many-cells'

// What `tests/slow/scale.test.ts` times with a clock, here by what is drawn and by the processor's time, which hold
// beside other tests, too.

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('a notebook of 200 cells draws what is near the screen, and no task of a scroll through it works for 100 ms', async () => {
  const { page, browser } = at
  await page.goto(await notebookOfMany(at, 200))
  const cells = page.locator('[data-cell-id]')
  await expect.poll(() => cells.count()).toBe(200)
  const editors = page.locator('.monaco-editor[role="code"]')
  await expect.poll(() => editors.count()).toBeGreaterThan(0)
  // A cell far away is its text, which the browser does not lay out.
  const last = await cells.last().evaluate((cell) => ({
    elements: cell.querySelectorAll('*').length < 12,
    laidOut: cell.querySelector('pre')!.checkVisibility({ contentVisibilityAuto: true }),
  }))
  expect(last).toEqual({ elements: true, laidOut: false })

  const tasks = await scrollTasks(browser, page)
  expect(Math.max(...tasks.map(({ cpuMs }) => cpuMs))).toBeLessThan(100)
  expect(await editors.count()).toBeLessThan(40)

  await cells.last().scrollIntoViewIfNeeded()
  await expect.poll(() => cells.last().locator('.monaco-editor').count()).toBe(1)
})

test('a cell that prints 10 MB keeps the page free, says what is left out, and its log is whole', async () => {
  const { page, person, browser } = at
  const { cells, ends, press } = await at.openNotebook([printing(10_000)])
  const tasks = await tasksOf(browser, page, async () => {
    await press(cells.nth(0), 'Run')
    await ends(cells.nth(0), 'done')
  })
  const outputs = cells.nth(0).getByTestId('outputs')
  expect(await outputs.innerText()).toMatch(/\d+ MB left out/)
  const href = await outputs.getByRole('link', { name: 'open full log' }).getAttribute('href')
  const log = await (await person.request(href!)).text()
  expect(log.length).toBe(10_000 * 1000)
  expect(Math.max(...tasks.map(({ cpuMs }) => cpuMs))).toBeLessThan(200)
})
