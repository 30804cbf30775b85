import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createFiles } from '../../../../kernel/host/files'
import { filePath } from '../../../../lib/protocol/files'

const base = mkdtempSync(join(tmpdir(), 'cellar-files-'))
const files = createFiles((notebookId) => join(base, notebookId))
afterAll(() => rmSync(base, { recursive: true }))
const bytes = (text: string) => new TextEncoder().encode(text)

async function store(notebookId: string, path: string, ...parts: string[]) {
  const { upload } = await files.begin(notebookId, path)
  for (const part of parts) await files.append(notebookId, upload, bytes(part))
  await files.end(notebookId, upload, path)
}
const names = async (notebookId: string, path = '') =>
  (await files.list(notebookId, path)).entries.map(({ name, kind, size }) => `${kind} ${name} ${size}`)
const text = async (notebookId: string, path: string) =>
  new TextDecoder().decode((await files.read(notebookId, path, 0)).data)

test('a file is stored in parts, listed, read, renamed and deleted', async () => {
  await files.change('n1', { change: 'folder', path: 'data' })
  await store('n1', 'data/points.csv', 'x,y\n', '1,2\n')
  expect([await names('n1'), await names('n1', 'data'), await text('n1', 'data/points.csv')]).toEqual([
    ['folder data 0'],
    ['file points.csv 8'],
    'x,y\n1,2\n',
  ])
  await files.change('n1', { change: 'rename', path: 'data/points.csv', to: 'all.csv' })
  expect(await names('n1')).toEqual(['folder data 0', 'file all.csv 8'])
  await files.change('n1', { change: 'delete', path: 'all.csv' })
  await files.change('n1', { change: 'delete', path: 'data' })
  expect(await names('n1')).toEqual([])
})

test('an upload is seen when it is whole; a dropped one leaves nothing', async () => {
  const { upload } = await files.begin('n2', 'a.txt')
  await files.append('n2', upload, bytes('half'))
  expect(await names('n2')).toEqual([])
  await files.end('n2', upload)
  expect(await names('n2')).toEqual([])
  await expect(files.append('n2', upload, bytes('more'))).rejects.toThrow(
    'this upload has ended; begin it again',
  )
})

test('links that cells have made lead nowhere', async () => {
  await store('n3', 'own.txt', 'own')
  writeFileSync(join(base, 'secret.txt'), 'outside')
  mkdirSync(join(base, 'outside'))
  symlinkSync(join(base, 'secret.txt'), join(base, 'n3', 'link.txt'))
  symlinkSync(join(base, 'outside'), join(base, 'n3', 'link'))
  await expect(files.read('n3', 'link.txt', 0)).rejects.toThrow('no such file: link.txt')
  await expect(files.list('n3', 'link')).rejects.toThrow('no such folder: link')
  await expect(store('n3', 'link/a.txt', 'x')).rejects.toThrow('no such folder: link')
  expect(await names('n3')).toEqual(['file own.txt 3'])
  await store('n3', 'link.txt', 'mine now')
  expect([await text('n3', 'link.txt'), execFileSync('cat', [join(base, 'secret.txt')]).toString()]).toEqual([
    'mine now',
    'outside',
  ])
})

test('a pipe that a cell has made keeps nobody waiting', async () => {
  await store('n4', 'a.txt', 'a')
  execFileSync('mkfifo', [join(base, 'n4', 'pipe')])
  await expect(files.read('n4', 'pipe', 0)).rejects.toThrow('not a file: pipe')
})

test('the files of a notebook are limited together', async () => {
  process.env.CELLAR_FILES_QUOTA = '10'
  try {
    await store('n5', 'a', '123456')
    await expect(store('n5', 'b', '12345')).rejects.toThrow(
      "the notebook's files may hold 10 bytes together: delete some",
    )
  } finally {
    delete process.env.CELLAR_FILES_QUOTA
  }
})

test('what is there is not overwritten by a new name, and what is not there is named', async () => {
  await store('n6', 'a', 'a')
  await store('n6', 'b', 'b')
  await expect(files.change('n6', { change: 'rename', path: 'a', to: 'b' })).rejects.toThrow(
    'there is one already: b',
  )
  await expect(files.change('n6', { change: 'rename', path: 'c', to: 'd' })).rejects.toThrow(
    'no such file: c',
  )
  await expect(files.change('n6', { change: 'folder', path: 'a' })).rejects.toThrow('there is one already: a')
})

test.each(['/etc/passwd', '../a', 'a/../b', 'a//b', './a', 'a\0b', 'a\\..\\b', 'x'.repeat(256)])(
  'no path of a file: %s',
  (path) => {
    expect(filePath.safeParse(path).success).toBe(false)
  },
)
