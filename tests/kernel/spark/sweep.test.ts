import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { removeTables, sweepTrainings } from '../../../kernel/spark/sweep'

test('what Spark saved for trainings is removed after a day, and nothing else of its files', async () => {
  const files = await mkdtemp(path.join(tmpdir(), 'cellar-spark-'))
  expect(await sweepTrainings(files)).toBe(0)
  for (const folder of ['trainings/old/0/data', 'trainings/new/0/data', 'tables/old']) {
    await mkdir(path.join(files, folder), { recursive: true })
    await writeFile(path.join(files, folder, 'part'), '')
  }
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const folder of ['trainings/old', 'tables/old'])
    await utimes(path.join(files, folder), longAgo, longAgo)
  expect(await sweepTrainings(files)).toBe(1)
  expect([await readdir(path.join(files, 'trainings')), await readdir(path.join(files, 'tables'))]).toEqual([
    ['new'],
    ['old'],
  ])
  await rm(files, { recursive: true })
})

test('tables of trainings that a Spark before had are removed, and no others', async () => {
  const files = await mkdtemp(path.join(tmpdir(), 'cellar-spark-'))
  await removeTables(files)
  for (const name of ['cellar_training_1_1', 'people'])
    await mkdir(path.join(files, 'warehouse', name), { recursive: true })
  await removeTables(files)
  expect(await readdir(path.join(files, 'warehouse'))).toEqual(['people'])
  await rm(files, { recursive: true })
})
