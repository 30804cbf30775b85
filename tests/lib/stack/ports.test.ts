import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, isFree, steadyPort } from '../../../lib/stack/ports'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-ports-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function occupied(port: number) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { close: () => new Promise((resolve) => server.close(resolve)) }
}

test('a free port can be listened on, a taken one is not free', async () => {
  const port = await freePort()
  expect(await isFree(port)).toBe(true)
  const taken = await occupied(port)
  expect(await isFree(port)).toBe(false)
  await taken.close()
})

test('a remembered port is used again while it is free', async () => {
  const file = path.join(folder, 'port')
  const first = await steadyPort(file)
  expect(await steadyPort(file)).toBe(first)
  const taken = await occupied(first)
  const other = await steadyPort(file)
  await taken.close()
  expect(other).not.toBe(first)
  expect(await readFile(file, 'utf8')).toBe(String(other))
})
