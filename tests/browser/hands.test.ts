import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('several cells are selected, moved, copied, merged, deleted and brought back by key; a drag moves a cell', async () => {
  const { page } = at
  const { cells, reads } = await at.openNotebook(['1', '2', '3', '4'])
  const { keyboard } = page
  const grip = (n: number) => cells.nth(n).locator('[data-grip]')
  const margin = { position: { x: 4, y: 10 } }
  await reads(['1', '2', '3', '4'])

  await grip(0).click(margin)
  await keyboard.press('Shift+J')
  await keyboard.press('Alt+ArrowDown')
  await reads(['3', '1', '2', '4'])
  await grip(3).click({ ...margin, modifiers: ['Control'] })
  expect(await page.locator('[data-chosen]').count()).toBe(3)
  await keyboard.press('c')
  await grip(0).click(margin)
  await keyboard.press('Shift+V')
  await reads(['1', '2', '4', '3', '1', '2', '4'])
  await keyboard.press('d')
  await keyboard.press('d')
  await reads(['3', '1', '2', '4'])
  await keyboard.press('z')
  await reads(['1', '2', '4', '3', '1', '2', '4'])
  await keyboard.press('Shift+M')
  await reads(['1\n2\n4', '3', '1', '2', '4'])
  await keyboard.press('z')
  await keyboard.press('z')
  await reads(['3', '1', '2', '4'])

  const from = (await grip(3).boundingBox())!
  const to = (await cells.nth(0).boundingBox())!
  await page.mouse.move(from.x + 4, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(from.x + 4, from.y - 20)
  await page.mouse.move(to.x + 30, to.y + 2, { steps: 3 })
  // The line follows the pointer a frame later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.mouse.up()
  await reads(['4', '3', '1', '2'])
})

test('find and replace goes through all cells, and Z takes a replacement of all back', async () => {
  const { page } = at
  const { cells, reads } = await at.openNotebook(['const price = 1', 'price + prices', '// Price'])
  const { keyboard } = page
  await reads(['const price = 1', 'price + prices', '// Price'])
  await cells
    .nth(0)
    .locator('[data-grip]')
    .click({ position: { x: 4, y: 10 } })
  await keyboard.press('f')
  const bar = page.getByRole('search', { name: 'Find in the cells' })
  const count = bar.getByRole('status')
  await keyboard.type('price')
  await expect.poll(() => count.innerText()).toBe('1 of 4')
  await keyboard.press('Shift+Enter')
  await expect.poll(() => count.innerText()).toBe('4 of 4')
  await bar.getByRole('button', { name: 'Whole word' }).click()
  await bar.getByRole('button', { name: 'Match case' }).click()
  await expect.poll(() => count.innerText()).toBe('2 matches')
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('cost')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await reads(['const cost = 1', 'cost + prices', '// Price'])
  await keyboard.press('Escape')
  await keyboard.press('z')
  await reads(['const price = 1', 'price + prices', '// Price'])
  await keyboard.press('Enter')
  await keyboard.press('ControlOrMeta+f')
  await bar.waitFor()
  await keyboard.press('Escape')
})

test('an expression without an end is stopped and said, the page answers meanwhile, and another one is found and replaced', async () => {
  const { page } = at
  const { cells, reads } = await at.openNotebook([`'${'a'.repeat(40)}b'`, 'row1 + row22'])
  const { keyboard } = page
  await reads([`'${'a'.repeat(40)}b'`, 'row1 + row22'])
  await cells
    .nth(0)
    .locator('[data-grip]')
    .click({ position: { x: 4, y: 10 } })
  await keyboard.press('f')
  const bar = page.getByRole('search', { name: 'Find in the cells' })
  const count = bar.getByRole('status')
  await bar.getByRole('button', { name: 'Regular expression' }).click()
  const text = bar.getByRole('textbox', { name: 'Find' })
  await text.fill('(a+)+$')
  await expect.poll(() => count.innerText(), { interval: 20 }).toBe('searching')
  await expect.poll(() => count.innerText()).toBe('stopped')
  expect(await bar.innerText()).toContain('took more than a second')
  await text.fill('row(\\d+)')
  await expect.poll(() => count.innerText()).toBe('1 of 2')
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('column$1')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await reads([`'${'a'.repeat(40)}b'`, 'column1 + column22'])
  await keyboard.press('Escape')
})
