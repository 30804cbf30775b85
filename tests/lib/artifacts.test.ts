import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localArtifacts } from '../../lib/artifacts'
import { root } from '../support/paths'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'artifacts-'))
})
afterEach(() => rm(folder, { recursive: true }))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const visible = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.incoming-'))
    .map(({ name }) => name)

test('bytes are kept under their own hash, once', async () => {
  const store = localArtifacts(folder)
  const text = new TextEncoder().encode('model')
  expect(await store.put(text)).toEqual({ name: sha256('model'), bytes: 5 })
  await store.put(text)
  expect(await visible()).toEqual([sha256('model')])
  expect(new TextDecoder().decode(await store.get(sha256('model')))).toBe('model')
  expect(await store.has(sha256('model'))).toBe(true)
  expect(await store.has(sha256('other'))).toBe(false)
})

test('a stream that fails leaves nothing', async () => {
  const store = localArtifacts(folder)
  async function* cut() {
    yield new Uint8Array([1])
    throw new Error('the line broke')
  }
  await expect(store.put(cut())).rejects.toThrow('the line broke')
  expect(await readdir(folder)).toEqual([])
})

test('what was damaged or never there is not given out', async () => {
  const store = localArtifacts(folder)
  const { name } = await store.put(new Uint8Array([1, 2, 3]))
  await writeFile(path.join(folder, name.slice(0, 2), name), 'other')
  await expect(store.get(name)).rejects.toThrow(
    `artifact was damaged, its bytes do not match its name: ${name}`,
  )
  await expect(store.get(sha256('no'))).rejects.toThrow(`artifact is not in the store: ${sha256('no')}`)
  await expect(store.get('../secret')).rejects.toThrow('not the name of an artifact: ../secret')
})

test('a writer killed in the middle leaves nothing visible, and the next one clears what it left', async () => {
  const program = `import { localArtifacts } from ${JSON.stringify(path.join(folder, 'artifacts.mjs'))}
async function* slow() { yield Buffer.alloc(1e6); process.stdout.write('writing'); await new Promise(() => setInterval(() => {}, 1e6)) }
await localArtifacts(${JSON.stringify(path.join(folder, 'store'))}).put(slow())`
  const { build } = await import('esbuild')
  await build({
    entryPoints: [path.join(root, 'lib/artifacts.ts')],
    outfile: path.join(folder, 'artifacts.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const store = path.join(folder, 'store')
  const [left, ...others] = await readdir(store)
  expect([left?.startsWith('.incoming-'), others]).toEqual([true, []])
  const old = new Date(Date.now() - 2 * 3_600_000)
  await utimes(path.join(store, left!), old, old)
  const { name } = await localArtifacts(store).put(new Uint8Array([1]))
  expect(await readdir(store)).toEqual([name.slice(0, 2)])
})
