import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a person does on a notebook's page, in a real browser. */
export function notebookPage(page: Page) {
  const cells = page.locator('[data-cell-id]')

  /** Waits until an attribute of an element has this value. */
  const shows = (element: Locator, attribute: string, value: string) =>
    expect.poll(() => element.getAttribute(attribute), { interval: 50 }).toBe(value)

  return {
    cells,
    chip: page.getByTestId('kernel-chip'),
    /** The first cell with this text in its code or its outputs; `locator` stays with the cell when it changes. */
    async cellWith(text: string | RegExp): Promise<Locator> {
      const id = await cells.filter({ hasText: text }).first().getAttribute('data-cell-id')
      return page.locator(`[data-cell-id="${id}"]`)
    },
    /** Waits until the cells, in page order, read so: code as its lines are drawn, text as it is rendered. */
    reads: (expected: string[]) =>
      expect.poll(() => cells.evaluateAll(sources), { interval: 50 }).toEqual(expected),
    /** Puts the cursor into a cell's editor. */
    async edit(cell: Locator) {
      await cell.scrollIntoViewIfNeeded()
      await cell.locator('.monaco-editor .view-lines').click()
      await shows(cell, 'data-selected', 'edit')
    },
    /** Presses a button of a cell's own toolbar. */
    async press(cell: Locator, name: string) {
      await cell.hover()
      await cell.getByRole('toolbar', { name: 'Cell' }).getByRole('button', { name, exact: true }).click()
    },
    /** Waits until the execution of a cell has ended so. */
    ends: (cell: Locator, state: 'done' | 'failed' | 'interrupted') => shows(cell, 'data-state', state),
    shows,
    /** Waits until all edits are stored. */
    saved: () => expect.poll(() => page.getByTestId('saved-state').innerText()).toMatch(/^saved/i),
  }
}

/** Runs in the page. Monaco keeps its lines in any order and draws a space as one that does not break. */
const sources = (cells: Element[]) =>
  cells.map((cell) => {
    const lines = [...cell.querySelectorAll<HTMLElement>('.view-line')]
    if (lines.length === 0) return (cell as HTMLElement).innerText.trim()
    return lines
      .sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
      .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' '))
      .join('\n')
  })
