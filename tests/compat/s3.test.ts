import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AwsClient } from 'aws4fetch'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openArtifacts } from '../../lib/artifact-store'
import { localArtifacts } from '../../lib/artifacts'
import { compatPython } from './python'

/** The store in a bucket, against moto's server of S3. */

const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
const closing: (() => unknown)[] = []
let server: string
let home: string

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 's3-'))
  const port = await freePort()
  server = `http://127.0.0.1:${port}`
  const child = spawn(await compatPython('moto.txt'), ['-m', 'moto.server', '-p', String(port)], {
    stdio: 'ignore',
  })
  closing.push(
    () => child.kill('SIGKILL'),
    () => rm(home, { recursive: true }),
  )
  const client = new AwsClient({
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    region: 'us-east-1',
    service: 's3',
  })
  await vi.waitFor(
    async () => expect((await client.fetch(`${server}/cellar`, { method: 'PUT' })).status).toBe(200),
    { timeout: 60_000, interval: 200 },
  )
}, 600_000)
afterAll(async () => {
  for (const close of closing) await close()
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
const machine = async (bucket = 'cellar/models') => {
  const folder = await mkdtemp(path.join(home, 'machine-'))
  return { folder, store: openArtifacts(folder, { ...keys, CELLAR_ARTIFACTS_S3: `${server}/${bucket}` }) }
}
const bytes = (text: string) => new TextEncoder().encode(text)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('what one machine keeps, another reads: whole, as a stream and as a file', async () => {
  const one = await machine()
  const name = sha256('a model')
  expect(await one.store.put(bytes('a model'))).toEqual({ name, bytes: 7 })
  const other = await machine()
  expect([await other.store.has(name), await other.store.has(sha256('none'))]).toEqual([true, false])
  expect([await other.store.size(name), await readdir(other.folder)]).toEqual([7, []])
  expect(await readFile(await other.store.file(name), 'utf8')).toBe('a model')
  expect(Buffer.from(await other.store.get(name)).toString()).toBe('a model')
  const { bytes: size, stream } = await other.store.open(name)
  expect([size, await new Response(stream).text()]).toEqual([7, 'a model'])
})

test('twenty megabytes that come as a stream go through a file, not through memory', async () => {
  const { store } = await machine()
  const part = Buffer.alloc(1_000_000, 'x')
  async function* parts() {
    for (let i = 0; i < 20; i++) yield part
  }
  const { name } = await store.put(parts())
  const other = await machine()
  expect((await other.store.get(name)).length).toBe(20_000_000)
})

test('what is removed is gone everywhere, and what was never there is said', async () => {
  const { store } = await machine()
  const { name } = await store.put(bytes('short-lived'))
  await store.remove(name)
  const other = await machine()
  await expect(other.store.file(name)).rejects.toThrow(`artifact is not in the store: ${name}`)
  await expect(other.store.file('../secret')).rejects.toThrow('not the name of an artifact: ../secret')
})

test('a copy that nobody reads goes, and one from before there was a bucket goes into it first', async () => {
  const { folder, store } = await machine()
  const { name: old } = await localArtifacts(folder).put(bytes('from before'))
  const { name: fresh } = await store.put(bytes('in use'))
  const weeks = new Date(Date.now() - 8 * 24 * 3_600_000)
  await utimes(path.join(folder, old.slice(0, 2), old), weeks, weeks)
  expect(await store.sweep!()).toBe(1)
  expect((await readdir(folder, { recursive: true })).filter((each) => each.length > 64)).toEqual([
    path.join(fresh.slice(0, 2), fresh),
  ])
  expect(Buffer.from(await store.get(old)).toString()).toBe('from before')
})

test('bytes that are not those of their name are not given out', async () => {
  const { store } = await machine()
  const { name } = await store.put(bytes('true'))
  const client = new AwsClient({
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    region: 'us-east-1',
    service: 's3',
  })
  await client.fetch(`${server}/cellar/models/${name.slice(0, 2)}/${name}`, { method: 'PUT', body: 'false' })
  const other = await machine()
  await expect(other.store.file(name)).rejects.toThrow(
    `artifact was damaged, its bytes do not match its name: ${name}`,
  )
  expect((await readdir(other.folder, { recursive: true })).filter((each) => each.length > 64)).toEqual([])
})

test('a bucket that is not there, and a server that is not there, are said without a key', async () => {
  const { store } = await machine('nowhere')
  await expect(store.put(bytes('lost'))).rejects.toThrow(/^the artifact store has no such bucket: /)
  const folder = await mkdtemp(path.join(home, 'machine-'))
  const absent = openArtifacts(folder, { ...keys, CELLAR_ARTIFACTS_S3: 'http://127.0.0.1:1/cellar' })
  await expect(absent.has(sha256('x'))).rejects.toThrow('the artifact store cannot be reached: 127.0.0.1:1')
})
