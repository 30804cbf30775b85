import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheDir, cached } from '../../../lib/stack/cache'

let folder: string
const before = process.env.CELLAR_CACHE

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-cache-'))
  process.env.CELLAR_CACHE = folder
})
afterEach(async () => {
  if (before === undefined) delete process.env.CELLAR_CACHE
  else process.env.CELLAR_CACHE = before
  await rm(folder, { recursive: true, force: true })
})

const file = (at: string) => path.join(at, 'library')
// No process has this id: they end at 4,194,304.
const deadPid = 4_999_999

test('$CELLAR_CACHE is the cache', () => {
  expect(cacheDir()).toBe(folder)
})

test('a folder is made once', async () => {
  let made = 0
  const make = async (at: string) => writeFile(file(at), `${++made}`)
  const first = await cached('library-1', make)
  const second = await cached('library-1', make)
  expect([first, second, await readFile(file(first), 'utf8'), made]).toEqual([
    path.join(folder, 'library-1'),
    path.join(folder, 'library-1'),
    '1',
    1,
  ])
})

test('two that ask at once wait for one making', async () => {
  let made = 0
  const make = async (at: string) => {
    made++
    await writeFile(file(at), 'whole')
  }
  await Promise.all([cached('library-1', make), cached('library-1', make), cached('library-1', make)])
  expect(made).toBe(1)
})

test('what a failed making left is not taken for whole, and the next one makes it anew', async () => {
  const broken = cached('library-1', async (at) => {
    await writeFile(file(at), 'half')
    throw new Error('the line broke')
  })
  await expect(broken).rejects.toThrow('the line broke')
  expect(existsSync(path.join(folder, 'library-1'))).toBe(false)
  await cached('library-1', (at) => writeFile(file(at), 'whole'))
  expect(await readdir(folder)).toEqual(['library-1'])
})

test('a killed start leaves a half-fetched folder and its lock, and the next one recovers', async () => {
  await mkdir(path.join(folder, `library-1.part-${deadPid}`))
  await writeFile(path.join(folder, `library-1.part-${deadPid}/library`), 'half')
  await writeFile(path.join(folder, 'library-1.lock'), String(deadPid))
  const at = await cached('library-1', (temporary) => writeFile(file(temporary), 'whole'))
  expect(await readFile(file(at), 'utf8')).toBe('whole')
  expect(await readdir(folder)).toEqual(['library-1'])
})
