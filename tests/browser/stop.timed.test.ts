import { expect, test } from 'vitest'
import { type Browsing, withBrowser } from '../support/browser'

let at: Browsing
withBrowser((browsing) => {
  at = browsing
})

test('Stop ends a loop within two seconds and keeps the variables; what cannot be stopped is restarted, said, and run again', async () => {
  const { page } = at
  const { cellWith, ends, shows, chip, press } = await at.openNotebook([
    'const kept = 6 * 7',
    'for (;;) {}',
    'kept',
    '(await import("node:child_process")).spawnSync("sleep", ["30"])',
  ])
  const [first, loop, reader, sleeper] = await Promise.all(
    ['const kept', 'for (;;)', /^kept$/, 'spawnSync'].map(cellWith),
  )
  await press(first!, 'Run')
  await ends(first!, 'done')
  await press(loop!, 'Run')
  await shows(loop!, 'data-state', 'running')
  const began = performance.now()
  await page.getByRole('toolbar', { name: 'Notebook' }).getByRole('button', { name: 'Stop' }).click()
  await ends(loop!, 'interrupted')
  expect(performance.now() - began).toBeLessThan(2000)
  await press(reader!, 'Run')
  await ends(reader!, 'done')
  expect(await reader!.getByTestId('outputs').innerText()).toBe('42')

  await press(sleeper!, 'Run')
  await shows(sleeper!, 'data-state', 'running')
  await page.getByRole('toolbar', { name: 'Notebook' }).getByRole('button', { name: 'Stop' }).click()
  const lost = page.getByTestId('lost-reason')
  await lost.waitFor()
  expect(await lost.innerText()).toBe('Restarted, variables lost: the cell could not be stopped.')
  await shows(chip, 'data-state', 'idle')
  await press(sleeper!, 'Delete')
  await press(loop!, 'Delete')
  await page.getByRole('button', { name: 'Run all again' }).click()
  await ends(reader!, 'done')
  await lost.waitFor({ state: 'detached' })
  expect(await reader!.getByTestId('outputs').innerText()).toBe('42')
})
