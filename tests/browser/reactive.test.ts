import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('a cell runs its ancestors first, an edit marks what depends on it, and a manual cell waits for its button', async () => {
  const { page } = at
  const { cells, cellWith, ends, edit, press, shows } = await at.openNotebook([
    'const base = 2',
    'const double = base * 2',
    'double + 100',
    'const other = 7',
    'other + 1',
    'const again = later',
    'const later = 1',
  ])
  const [base, double, sum, other, apart, early] = await Promise.all(
    ['const base', 'const double', 'double + 100', 'const other', 'other + 1', 'const again'].map(cellWith),
  )
  const stale = () => cells.evaluateAll((all) => all.map((cell) => cell.hasAttribute('data-stale')))
  const staleAre = (...expected: number[]) =>
    expect.poll(async () => (await stale()).flatMap((is, i) => (is ? [i + 1] : []))).toEqual(expected)

  await press(sum!, 'Run')
  await ends(sum!, 'done')
  expect(await sum!.getByTestId('outputs').innerText()).toBe('104')
  await press(apart!, 'Run')
  await ends(apart!, 'done')
  await staleAre()

  await edit(base!)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('0')
  await staleAre(1, 2, 3)
  await page.keyboard.press('Backspace')
  await staleAre()
  await page.keyboard.type('0')
  await page.getByRole('button', { name: 'Run stale (3)' }).click()
  await expect.poll(() => sum!.getByTestId('outputs').innerText()).toBe('140')
  await staleAre()

  await early!.getByRole('button', { name: 'cell 7' }).click()
  await shows(cells.nth(6), 'data-selected', 'command')

  await press(other!, 'Run only by hand')
  await page.keyboard.press('Escape')
  await page.keyboard.press('0')
  await page.keyboard.press('0')
  await staleAre(1, 2, 3, 4, 5)
  await press(apart!, 'Run')
  await apart!.getByText('Not run: it needs cell 4, which runs only by hand and has no value yet.').waitFor()
  await apart!.getByRole('button', { name: 'Run it first' }).click()
  await ends(apart!, 'done')
  await staleAre(1, 2, 3)

  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  const node = page.getByRole('button', { name: 'cell 2: double, stale' })
  await node.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await shows(base!, 'data-selected', 'command')
  await page.getByText('Automatic', { exact: true }).click()
  await edit(double!)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('0')
  await expect.poll(() => sum!.getByTestId('outputs').innerText()).toBe('500')
  await staleAre()
})
