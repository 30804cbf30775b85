import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPublicAddress } from '../../../lib/net/public-address'
import { type FetchOptions, fetchFile, rawAddress } from '../../../lib/notebooks/fetch-file'

let server: Server
let origin: string
const asked: string[] = []
const answers: Record<string, (response: ServerResponse) => void> = {
  '/a%20b.ts': (response) => response.end('// %%\n1\n'),
  '/moved.ts': (response) => response.writeHead(302, { location: '/a%20b.ts' }).end(),
  '/loop.ts': (response) => response.writeHead(302, { location: '/loop.ts' }).end(),
  '/to-file.ts': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-metadata.ts': (response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest.ts' }).end(),
  '/gone.ts': (response) => response.writeHead(404).end(),
  '/large.ipynb': (response) => response.writeHead(200, { 'content-length': 2e8 }).write('{'),
  '/silent.ts': () => {},
}
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url)
    answers[url]?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** This machine stands for the internet. */
const local: FetchOptions = { allows: (address) => address === '127.0.0.1' }
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fetched',
    ({ status, message }) => `${status} ${message.replaceAll(origin, '')}`,
  )

test('a file is fetched, through redirects too, and named by its address', async () => {
  const file = { name: 'a b.ts', text: '// %%\n1\n' }
  expect(await fetchFile(`${origin}/a%20b.ts#top`, local)).toEqual(file)
  expect(await fetchFile(`${origin}/moved.ts`, local)).toEqual(file)
})

test.each([
  ['/loop.ts', '422 the address redirects more than 5 times: /loop.ts'],
  ['/to-file.ts', '422 only http and https addresses are fetched: file:///etc/passwd'],
  ['/to-metadata.ts', '422 the address is not on the public internet: http://169.254.169.254/latest.ts'],
  ['/gone.ts', '422 the server answered with status 404: /gone.ts'],
  ['/large.ipynb', '413 the file is larger than 50 MB; take large outputs out of it first: large.ipynb'],
])('%s is refused with the cause', async (path, message) => {
  expect(await refusal(fetchFile(origin + path, local))).toBe(message)
})

test('a server that does not answer is not waited for', async () => {
  expect(await refusal(fetchFile(`${origin}/silent.ts`, { ...local, maxMs: 50 }))).toBe(
    '422 the server took longer than 0.05 s: /silent.ts',
  )
})

test.each([
  ['this machine by number', () => origin],
  ['this machine by name', () => origin.replace('127.0.0.1', 'localhost')],
  ['this machine in another notation', () => origin.replace('127.0.0.1', '0x7f.1')],
  ['this machine in IPv6', () => origin.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
])('%s is not reached', async (_, from) => {
  asked.length = 0
  const address = `${from()}/a%20b.ts`
  expect(await refusal(fetchFile(address))).toMatch(/^422 the address is not on the public internet: /)
  expect(asked).toEqual([])
})

test.each([
  'file:///etc/passwd',
  'ftp://example.org/a.ts',
  'notebook.ts',
  'http://me:secret@example.org/a.ts',
])('%s is no address to fetch', async (address) => {
  const said = await refusal(fetchFile(address))
  expect([said.slice(0, 3), said.includes('secret')]).toEqual(['422', false])
})

test('GitHub’s page of a file stands for the file', () => {
  const raw = (address: string) => rawAddress(new URL(address)).href
  expect(raw('https://github.com/o/r/blob/main/a/b.ipynb')).toBe(
    'https://raw.githubusercontent.com/o/r/main/a/b.ipynb',
  )
  expect(raw('https://github.com/o/r/raw/v1/b.ts')).toBe('https://raw.githubusercontent.com/o/r/v1/b.ts')
  expect(raw('https://example.org/o/r/blob/main/b.ts')).toBe('https://example.org/o/r/blob/main/b.ts')
})

test('addresses of this machine, its network and what is reserved are not public', () => {
  const hidden = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
    192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:8.8.8.8 64:ff9b::1 fc00::1 fd12::1 fe80::1
    ff02::1 2001::1 2001:db8::1 2002:7f00:1::1 localhost`
  const open = '1.1.1.1 8.8.8.8 172.32.0.1 192.169.0.1 2606:4700::1111 2a00:1450:4001:81b::200e'
  expect([hidden.split(/\s+/).filter(isPublicAddress), open.split(' ').map(isPublicAddress)]).toEqual([
    [],
    [true, true, true, true, true, true],
  ])
})
