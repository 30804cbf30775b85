import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeOnce } from '../../../app/_data/make-once'
import { sweepWhole } from '../../../lib/datasets/sweep-whole'

test('a file that nobody asked for in a week is removed, and made again for who asks', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-whole-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const made: string[] = []
  const ask = (name: string) =>
    makeOnce(path.join(folder, name), (temporary) => {
      made.push(name)
      return writeFile(temporary, name)
    })
  const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000)
  for (const name of ['asked.parquet', 'forgotten.parquet', 'forgotten-download.csv']) {
    await ask(name)
    await utimes(path.join(folder, name), eightDaysAgo, eightDaysAgo)
  }
  await ask('asked.parquet')
  expect(await sweepWhole(folder)).toBe(2)
  expect(await readdir(folder)).toEqual(['asked.parquet'])
  await ask('forgotten.parquet')
  expect(made).toEqual(['asked.parquet', 'forgotten.parquet', 'forgotten-download.csv', 'forgotten.parquet'])
})

test('a folder that was never made has nothing to remove', async () => {
  expect(await sweepWhole('/nowhere/datasets/whole')).toBe(0)
})
