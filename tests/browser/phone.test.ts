import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'
import { newKey } from '../support/endpoint'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('on a phone every section is reached from the bar, which fits, and no list is wider than the page', async () => {
  const { page, cellar } = at
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${cellar.origin}/notebooks`)
  const bar = page.getByRole('navigation', { name: 'Sections' })
  expect(await bar.locator('a:visible, button:visible').allInnerTexts()).toEqual(
    ['Notebooks', 'Data', 'Trainings', 'Endpoints', 'More', 'B\nYou'].map((label) =>
      expect.stringContaining(label),
    ),
  )
  const cut = () =>
    bar
      .locator('a:visible, button:visible, a:visible > span, button:visible > span')
      .evaluateAll((elements) =>
        elements
          .filter((element) => {
            const { left, right } = element.getBoundingClientRect()
            return left < 0 || right > window.innerWidth || element.scrollWidth > element.clientWidth
          })
          .map((element) => element.textContent),
      )
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await cut()).toEqual([])
  }
  await page.setViewportSize({ width: 390, height: 844 })

  const title = page
    .getByRole('row', { name: /Income classifier/ })
    .getByRole('cell')
    .nth(1)
  expect(await title.innerText()).toMatch(/^Income classifier\n(now|.* ago)$/)

  const isWithin = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
  for (const name of ['Data', 'Trainings', 'Endpoints', 'Notebooks']) {
    await bar.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect([name, await isWithin()]).toEqual([name, true])
  }
  for (const name of ['Experiments', 'Status', 'Settings']) {
    await bar.getByRole('button', { name: 'More sections' }).click()
    await page.getByRole('menuitem', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect([name, await isWithin()]).toEqual([name, true])
  }
})

test('on a phone what is done with a key or a version is in sight, and so is the tab of the page', async () => {
  const { page, cellar, person } = at
  await newKey(person)
  await page.setViewportSize({ width: 390, height: 844 })
  const fits = (name: string) =>
    page.getByRole('region', { name }).evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)
  await page.goto(`${cellar.origin}/settings`)
  expect(await fits('API keys')).toBe(true)
  await page.goto(`${cellar.origin}/data/iris/versions`)
  expect(await fits('Versions of iris')).toBe(true)

  await page.setViewportSize({ width: 260, height: 844 })
  await page.goto(`${cellar.origin}/data/iris/train`)
  const tabs = page.getByRole('navigation', { name: 'Pages of iris' })
  const isInSight = () =>
    tabs.evaluate((nav) => {
      const [frame, tab] = [nav, nav.querySelector('[aria-current]')!].map((e) => e.getBoundingClientRect())
      return tab!.left >= frame!.left && tab!.right <= frame!.right + 1
    })
  await expect.poll(isInSight).toBe(true)
})
