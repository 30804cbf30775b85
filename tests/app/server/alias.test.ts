import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redirectAlias } from '../../../app/_server/alias'

const origin = 'http://127.0.0.1:3000'
let own = origin
const server = createServer((request, response) => {
  if (!redirectAlias(request, response, own)) response.writeHead(200).end()
})
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => new Promise((done) => server.close(done)))

async function ask(host: string, path = '/n/1?a=b', method = 'GET') {
  const { port } = server.address() as AddressInfo
  const { request } = await import('node:http')
  return new Promise<[number, string | undefined]>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers: { host } }, (response) => {
      response.resume()
      resolve([response.statusCode!, response.headers.location])
    })
      .on('error', reject)
      .end()
  })
}

describe('another name of this machine', () => {
  test.each(['localhost:3000', '127.0.0.2:3000', '[::1]:3000'])(
    '%s leads to the one address',
    async (host) => {
      expect(await ask(host)).toEqual([307, 'http://127.0.0.1:3000/n/1?a=b'])
    },
  )

  test('where a proxy has a name, this machine is no alias: it is what proxies say by default', async () => {
    own = 'https://cellar.example'
    expect(await ask('127.0.0.1:3000')).toEqual([200, undefined])
    own = origin
  })

  test('the address itself, a public name and a write are left alone', async () => {
    expect([
      await ask('127.0.0.1:3000'),
      await ask('cellar.example'),
      await ask('localhost:3000', '/api/notebooks', 'POST'),
    ]).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
    ])
  })

  test('a path that looks like a host stays a path', async () => {
    expect(await ask('localhost:3000', '//evil.example/x')).toEqual([
      307,
      'http://127.0.0.1:3000/evil.example/x',
    ])
  })
})
