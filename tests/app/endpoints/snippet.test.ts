import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { snippet } from '../../../app/(app)/endpoints/[name]/snippet'

const url = 'http://127.0.0.1:3000/api/v1/income/predict'
const record = {
  age: 37,
  'marital-status': "It's complicated",
  note: 'a "quoted" $HOME `x` \\ line',
  own: true,
  x: null,
}

/** The arguments that a shell would give to curl. */
function curlArguments(text: string): string[] {
  const shown = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${text}`], {
    env: { ...process.env, CELLAR_KEY: 'key-of-the-shell' },
  })
  return shown.toString().split('\0').slice(0, -1)
}

describe('the curl snippet', () => {
  test('gives curl the key and exactly the record, whatever characters it holds', () => {
    const args = curlArguments(snippet('curl', { url, key: 'cellar_a_b', record }))
    expect([...args.slice(0, -1), JSON.parse(args.at(-1)!)]).toEqual([
      url,
      '-H',
      'Authorization: Bearer cellar_a_b',
      '-H',
      'Content-Type: application/json',
      '-d',
      record,
    ])
  })

  test('takes the key from the environment until one is filled in', () => {
    expect(curlArguments(snippet('curl', { url, key: undefined, record }))[2]).toBe(
      'Authorization: Bearer key-of-the-shell',
    )
  })

  test('wraps a record that is an array, which would be read as several', () => {
    const args = curlArguments(snippet('curl', { url, key: 'k', record: [[1, 2]] }))
    expect(JSON.parse(args.at(-1)!)).toEqual({ instances: [[[1, 2]]] })
  })
})

test('the TypeScript snippet sends the same record', async () => {
  const text = snippet('typescript', { url, key: undefined, record })
  const sent: unknown[] = []
  const fetch = async (address: string, init: { headers: unknown; body: string }) => {
    sent.push(address, init.headers, JSON.parse(init.body))
    return { ok: true, json: async () => ({ predictions: ['yes'] }) }
  }
  const AsyncFunction = (async () => {}).constructor as new (
    ...source: string[]
  ) => (...values: unknown[]) => Promise<void>
  const printed: unknown[] = []
  const run = new AsyncFunction('fetch', 'process', 'console', text)
  await run(fetch, { env: { CELLAR_KEY: 'k' } }, { log: (value: unknown) => printed.push(value) })
  expect([sent, printed]).toEqual([
    [url, { Authorization: 'Bearer k', 'Content-Type': 'application/json' }, record],
    ['yes'],
  ])
})

test('the Python snippet spells the record as Python does', () => {
  expect(snippet('python', { url, key: 'k', record: { a: [1, 2], b: true, c: null, d: [[1], [2]] } })).toBe(
    `import json, urllib.request

request = urllib.request.Request(
    "${url}",
    data=json.dumps({
        "a": [1, 2],
        "b": True,
        "c": None,
        "d": [
            [1],
            [2],
        ],
    }).encode(),
    headers={
        "Authorization": "Bearer k",
        "Content-Type": "application/json",
    },
)
with urllib.request.urlopen(request) as response:
    print(json.load(response)["predictions"][0])`,
  )
})

describe('against a server', () => {
  const asked: unknown[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    asked.push([request.method, request.url, request.headers.authorization, request.headers['content-type']])
    asked.push(JSON.parse(Buffer.concat(parts).toString()))
    response.end(JSON.stringify({ predictions: ['yes'] }))
  })
  let address: string
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/income/predict`
  })
  afterAll(() => server.close())

  test.each([
    ['curl', ['bash', '-c'], '{"predictions":["yes"]}'],
    ['typescript', [process.execPath, '--input-type=module', '-e'], 'yes\n'],
    ['python', ['python3', '-c'], 'yes\n'],
  ] as const)(
    '%s sends the record with the key and prints the answer',
    async (language, command, printed) => {
      const [program, ...args] = command
      const text = snippet(language, { url: address, key: undefined, record })
      const env = { ...process.env, CELLAR_KEY: 'cellar_a_b' }
      const { stdout } = await promisify(execFile)(program, [...args, text], { env })
      expect([asked.splice(0), stdout]).toEqual([
        [['POST', '/api/v1/income/predict', 'Bearer cellar_a_b', 'application/json'], record],
        printed,
      ])
    },
  )
})
