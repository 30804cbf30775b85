import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('the status page shows this machine, and is arranged by key for the person', async () => {
  const { page } = at
  await page.goto(`${at.cellar.origin}/notebooks`)
  await page.getByRole('link', { name: 'Status', exact: true }).click()
  const widget = (name: string) => page.getByRole('region', { name, exact: true })
  const order = () =>
    page.locator('[data-widget]').evaluateAll((all) => all.map((each) => each.getAttribute('data-widget')))
  await widget('CPU')
    .getByText(/^\d+ %$/)
    .waitFor()
  for (const kind of ['Web', 'Kernels', 'Models', 'Jobs', 'Data', 'Trainings'])
    await widget('Processes')
      .getByRole('rowheader', { name: new RegExp(`^${kind} \\d+$`) })
      .waitFor()

  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('button', { name: 'Remove Load', exact: true }).click()
  await page.getByRole('button', { name: 'Move CPU', exact: true }).focus()
  // As a person hears it: each key once the one before it was answered. Over itself first, when the places are measured.
  for (const [key, said] of [
    ['Space', 'CPU is over CPU'],
    ['ArrowRight', 'CPU is over Memory'],
    ['Space', 'CPU is put in the place of Memory'],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByText(said, { exact: true }).waitFor({ state: 'attached' })
  }
  await expect.poll(order).toEqual(['memory', 'cpu', 'disk', 'kernels', 'models', 'queues', 'processes'])
  const kept = page.waitForResponse((response) => response.url().endsWith('/api/account/status-layout'))
  await page.getByRole('button', { name: /^Resize Disk/ }).press('ArrowRight')
  expect((await kept).status()).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()

  await page.reload()
  await expect.poll(order).toEqual(['memory', 'cpu', 'disk', 'kernels', 'models', 'queues', 'processes'])
  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('button', { name: /^Resize Disk: 2 wide, 1 high/ }).waitFor()
})
