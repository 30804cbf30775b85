import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepWorkFolders } from '../../../../kernel/host/files/sweep'

const there = '11111111-1111-4111-8111-111111111111'
const erased = '22222222-2222-4222-8222-222222222222'
const fresh = '33333333-3333-4333-8333-333333333333'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cellar-work-'))
  for (const name of [there, erased, fresh, 'models', '.deleting-before']) {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'data.csv'), 'x\n1\n')
    if (name !== fresh) utimesSync(path.join(folder, name), 0, 0)
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

test('files of erased notebooks go, and of nothing else', async () => {
  const asked: string[][] = []
  const gone = await sweepWorkFolders(folder, async ({ notebooks }) => {
    asked.push(notebooks)
    return { environments: [], notebooks: [there] }
  })
  expect([gone, asked]).toEqual([[erased], [[there, erased]]])
  expect(readdirSync(folder).sort()).toEqual([there, fresh, 'models'])
})

test('where web cannot say, nothing is deleted', async () => {
  const away = () => Promise.reject(new Error('no answer'))
  await expect(sweepWorkFolders(folder, away)).rejects.toThrow('no answer')
  expect(readdirSync(folder)).toContain(erased)
})
