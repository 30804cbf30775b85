import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { runHeadless } from '../../../kernel/host/headless'
import { openPinned } from '../../../lib/datasets/checkout/open-pinned'
import { withDatasetsApi } from '../../lib/datasets/with-datasets-api'
import { root } from '../../support/paths'

/** The command itself, against the API, through a line that breaks off when it is told to. */

let line: Awaited<ReturnType<typeof breakingLine>>
let key: string
let checkout: string
let home: string
withDatasetsApi(async (at) => {
  key = await at.key('write')
  line = await breakingLine(at.web.origin)
})
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cellar-data-'))
  checkout = path.join(home, 'checkout')
  await mkdir(path.join(checkout, '.git'), { recursive: true })
  return () => rm(home, { recursive: true, force: true })
})
afterAll(() => line?.close())

/** Passes everything on; answers to addresses that fit `breaks` end after so many bytes, once. */
async function breakingLine(origin: string) {
  const seen: string[] = []
  const line = { seen, breaks: undefined as { path: RegExp; after: number } | undefined }
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request
    seen.push(
      `${method} ${url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '<id>').replace(/[0-9a-f]{64}/, '<hash>')} ${headers.range ?? ''}`.trim(),
    )
    const onward = ask(new URL(url, origin), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      const cut = line.breaks?.path.test(url) ? line.breaks.after : undefined
      if (cut !== undefined) line.breaks = undefined
      let sent = 0
      answer.on('data', (part: Buffer) => {
        if (cut === undefined) return void response.write(part)
        const left = part.subarray(0, Math.max(0, cut - sent))
        sent += part.length
        // What was sent arrives before the end.
        if (left.length > 0) response.write(left, () => response.socket?.end())
      })
      answer.on('end', () => (cut === undefined ? response.end() : response.destroy()))
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(line, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  })
}

async function cellar(...args: string[]) {
  const main = `import(${JSON.stringify(path.join(root, 'dist/cellar.js'))}).then(({ main }) => main(process.argv.slice(1)))`
  const run = promisify(execFile)(process.execPath, ['-e', main, 'data', ...args], {
    cwd: checkout,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      CELLAR_HOME: path.join(home, '.cellar'),
      CELLAR_URL: line.url,
      CELLAR_API_KEY: key,
    } as unknown as NodeJS.ProcessEnv,
  })
  const { code, stdout, stderr } = await run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  return { code, said: stdout.trimEnd(), error: stderr.trimEnd() }
}
const pins = async () => JSON.parse(await readFile(path.join(checkout, 'cellar.data.json'), 'utf8'))
const csv = (rows: number) =>
  `id,day\n${Array.from({ length: rows }, (_, i) => `${i * 7919},2024-01-${String((i % 28) + 1).padStart(2, '0')}`).join('\n')}\n`
const give = (name: string, text: string) => writeFile(path.join(checkout, name), text)

test('a file becomes a data set that the checkout pins, and elsewhere comes back as it was', async () => {
  await give('days.csv', csv(600_000))
  expect(await cellar('push', 'days.csv', 'days', '--message', 'first')).toMatchObject({
    code: 0,
    error: '',
    said: expect.stringMatching(/is version 1, 600,000 rows; commit cellar\.data\.json$/),
  })
  const pinned = { datasets: { days: { version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) } } }
  expect(await pins()).toEqual(pinned)
  expect(await readdir(path.join(checkout, '.cellar-data'))).toEqual(
    expect.arrayContaining(['.gitignore', 'days-1.json', 'days-1.parquet']),
  )
  expect((await cellar('status')).said).toBe('days  version 1  here  the newest')

  // Another checkout has the small file alone.
  await rm(path.join(checkout, '.cellar-data'), { recursive: true })
  expect(await cellar('status')).toMatchObject({
    code: 1,
    said: 'days  version 1  missing  the newest\ncellar data pull brings what is missing or damaged',
  })
  line.breaks = { path: /\/files\//, after: 1_000_000 }
  line.seen.length = 0
  expect(await cellar('pull')).toMatchObject({ code: 0, error: '' })
  expect(line.seen).toEqual([
    'GET /api/v1/datasets/days/versions/1',
    'GET /api/v1/datasets/days/versions/1/files/<hash> bytes=0-',
    expect.stringMatching(/\/files\/<hash> bytes=[1-9]\d{4,}-$/),
  ])
  expect((await cellar('status')).said).toBe('days  version 1  here  the newest')
})

test('a push is refused where somebody else has made a version, until it says onto which', async () => {
  await give('a.csv', csv(3))
  await cellar('push', 'a.csv', 'moving')
  await fetch(`${line.url}/api/v1/datasets/moving/versions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: csv(4),
  })
  await give('b.csv', csv(5))
  expect(await cellar('push', 'b.csv', 'moving')).toEqual({
    code: 1,
    said: '',
    error:
      'a newer version was made than the checkout pins (1); look at it (cellar data pull moving), then push --onto 2: moving 2',
  })
  expect((await cellar('status')).said).toBe('moving  version 1  here  version 2 is newer')
  expect((await cellar('push', 'b.csv', 'moving', '--onto', '2')).code).toBe(0)
  expect((await pins()).datasets.moving.version).toBe(3)
  expect((await cellar('pull', 'moving@2')).code).toBe(0)
  expect((await pins()).datasets.moving.version).toBe(2)
})

test('an upload that broke off goes on where it was', async () => {
  await give('long.csv', csv(700_000))
  line.breaks = { path: /\/uploads\/[0-9a-f-]+$/, after: 0 }
  line.seen.length = 0
  expect(await cellar('push', 'long.csv', 'long')).toMatchObject({ code: 0, error: '' })
  expect(line.seen.filter((each) => each.includes('uploads'))).toEqual([
    'POST /api/v1/uploads',
    'PATCH /api/v1/uploads/<id>',
    'HEAD /api/v1/uploads/<id>',
    'PATCH /api/v1/uploads/<id>',
  ])
})

test('damaged data is said, and pulled again', async () => {
  await give('a.csv', csv(3))
  await cellar('push', 'a.csv', 'hurt')
  await truncate(path.join(checkout, '.cellar-data/hurt-1.parquet'), 100)
  expect(await cellar('status')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^hurt {2}version 1 {2}damaged/),
  })
  await expect(openPinned(checkout).open({ name: 'hurt' })).rejects.toThrow(
    'the data of hurt, version 1, is not what is pinned; run cellar data pull',
  )
  await cellar('pull')
  expect((await cellar('status')).code).toBe(0)
})

test('a run without a server reads what is pinned, and says what to do otherwise', async () => {
  await give('a.csv', csv(3))
  await cellar('push', 'a.csv', 'small')
  const errors: string[] = []
  const texts: string[] = []
  const pinned = openPinned(checkout)
  const source = (text: string, id: string) => ({ id, kind: 'code' as const, source: text })
  const run = (cell: string) =>
    runHeadless({
      file: path.join(checkout, 'notebook.ts'),
      cells: [source(cell, 'a')] as never,
      root,
      home: path.join(home, 'secrets'),
      backend: { name: 'none' },
      dataset: pinned.open,
      readOnly: pinned.folders,
      onArtifact: () => {},
      onEvent(event) {
        if (event.type === 'error') errors.push(event.evalue)
        if (event.type === 'stream') texts.push(event.text)
      },
    })
  await run(
    `import { dataset } from 'cellar'\nconst small = await dataset('small')\nconsole.log(small.numRows(), small.get('day', 0).toISOString())`,
  )
  expect([texts.join(''), errors]).toEqual(['3 2024-01-01T00:00:00.000Z\n', []])
  await run(`import { dataset } from 'cellar'\nawait dataset('small', { version: 2 })`)
  await run(`import { dataset } from 'cellar'\nawait dataset('other')`)
  expect(errors).toEqual([
    'cellar.data.json pins version 1 of small, not 2; run cellar data pull small@2',
    expect.stringMatching(
      /^no data set of this name is pinned in cellar\.data\.json; run cellar data pull other; /,
    ),
  ])
})

test('a key that others can read, and no key, are refused', async () => {
  const file = path.join(home, 'key')
  await writeFile(file, key)
  await chmod(file, 0o644)
  expect((await cellar('list', '--key-file', file)).error).toBe(
    `others can read the file of the API key; run chmod 600: ${file}`,
  )
  await chmod(file, 0o600)
  expect(await cellar('list', '--key-file', file)).toMatchObject({ code: 0 })
})
