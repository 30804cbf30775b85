import { expect, test } from 'vitest'
import { openOf, scrollTasks } from '../../bench/page'
import { tasksOf } from '../../bench/trace'
import { type Browsing, withBrowser } from '../support/browser'
import { notebookOfMany, printing } from '../support/many-cells'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

const longest = (tasks: { ms: number }[]) => Math.round(tasks[0]?.ms ?? 0)

test('a notebook of 500 cells opens in under 2 s, its first editor with it, and scrolls from end to end without a task over 100 ms', async () => {
  const { page, browser } = at
  const address = await notebookOfMany(at, 500)
  // The first visit fetches and compiles what every later one has.
  await openOf(page, address)
  const { cellsMs, editorMs } = await openOf(page, address)
  const tasks = await scrollTasks(browser, page)
  console.log(
    `open: cells ${Math.round(cellsMs)} ms, first editor ${Math.round(editorMs)} ms; scroll: longest task ${longest(tasks)} ms`,
  )
  expect(cellsMs).toBeLessThan(2000)
  expect(editorMs).toBeLessThan(2000)
  expect(longest(tasks)).toBeLessThan(100)
}, 240_000)

test('a cell that prints 100 MB freezes neither page nor kernel, says what is left out, and its log is whole', async () => {
  const { page, person, browser } = at
  const { cells, ends, press, shows, id } = await at.openNotebook([printing(100_000), '6 * 7'])
  const tasks = await tasksOf(browser, page, async () => {
    await press(cells.nth(0), 'Run')
    await shows(cells.nth(0), 'data-state', 'running')
    await ends(cells.nth(0), 'done')
  })
  console.log(`100 MB printed: longest task ${longest(tasks)} ms`)
  const outputs = cells.nth(0).getByTestId('outputs')
  expect(await outputs.innerText()).toMatch(/\d+ MB left out/)
  await press(cells.nth(1), 'Run')
  await ends(cells.nth(1), 'done')
  const href = await outputs.getByRole('link', { name: 'open full log' }).getAttribute('href')
  expect(href).toContain(`/api/notebooks/${id}/log/`)
  const log = await (await person.request(href!)).text()
  expect(log.length).toBe(100_000 * 1000)
  expect(longest(tasks)).toBeLessThan(200)
}, 240_000)
