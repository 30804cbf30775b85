import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDatasets } from '../../../../kernel/host/datasets'
import { runReproduction } from '../../../../kernel/host/reproduce/reproduce'
import { createReproductions } from '../../../../kernel/host/reproduce/reproductions'
import type { PromoteRequest } from '../../../../lib/protocol/kernel'
import type { ReproductionNews, ReproductionOrder } from '../../../../lib/protocol/reproduction'
import { root } from '../../../support/paths'

let home: string
let news: ReproductionNews[]
let compared: PromoteRequest[]
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'cellar-reproduce-'))
  mkdirSync(path.join(home, 'files'))
  writeFileSync(path.join(home, 'files', 'points.csv'), csv)
  news = []
  compared = []
})
afterEach(() => rmSync(home, { recursive: true }))

const csv = 'x,y\n1,2\n3,4\n'
const sha256 = createHash('sha256').update(csv).digest('hex')
const place = () => ({
  root,
  home: path.join(home, 'secrets'),
  folder: path.join(home, 'reproductions'),
  data: [],
  backend: { name: 'none' as const },
  filesOf: () => path.join(home, 'files'),
  datasets: createDatasets({
    folder: path.join(home, 'kernel-data'),
    find: () => Promise.reject(new Error('a reproduction knows its versions')),
    fetch: async () => new Response(readFileSync(path.join(home, 'points.parquet'))).body!,
  }),
  tell: async (each: ReproductionNews) => void news.push(each),
  compare: async (_of: unknown, request: PromoteRequest) => void compared.push(request),
})
const order = (...sources: string[]): ReproductionOrder => ({
  reproductionId: '11111111-1111-4111-8111-111111111111',
  notebookId: '22222222-2222-4222-8222-222222222222',
  endpoint: 'points',
  version: '1.0.0',
  cellId: `c${sources.length}`,
  variable: 'predict',
  cells: sources.map((source, i) => ({ id: `c${i + 1}`, kind: 'code', source })),
  environment: { packages: {}, lock: '', scripts: [] },
  data: [{ cellId: 'c1', name: 'points.csv', bytes: csv.length, sha256 }],
  datasets: [],
})
const run = (asked: ReproductionOrder, signal = new AbortController().signal) =>
  runReproduction(asked, place(), signal)

const read = `import { dataset, promote } from 'cellar'
const points = await dataset('points.csv')`
const predicting = 'const predict = (records) => records.map(({ x }) => x * points.get("y", 1))'
const promoting = `await promote('points', predict, { data: [{ x: 1 }, { x: 2 }] })`

test('the cells run on copies of the files, and what they promote is handed over', async () => {
  writeFileSync(path.join(home, 'outside.txt'), 'not theirs')
  symlinkSync(path.join(home, 'outside.txt'), path.join(home, 'files', 'link.txt'))
  await run(
    order(
      `${read}\nimport { existsSync, writeFileSync } from 'node:fs'\nif (existsSync('link.txt')) throw new Error('a link came along')\nwriteFileSync('points.csv', 'changed')`,
      predicting,
      promoting,
    ),
  )
  expect(news.filter(({ failed }) => failed)).toEqual([])
  expect(compared.map(({ endpoint, selfTest }) => [endpoint, selfTest])).toEqual([
    ['points', { records: [{ x: 1 }, { x: 2 }], predictions: [4, 8] }],
  ])
  expect(news.find(({ changed }) => changed)?.changed).toEqual([])
  expect([news.at(-1)?.note, news.at(-1)?.cellsDone]).toEqual(['compares the predictions', 3])
  expect(readFileSync(path.join(home, 'files', 'points.csv'), 'utf8')).toBe(csv)
  expect(readdirSync(path.join(home, 'reproductions'))).toEqual([])
})

test('what no cell promotes is promoted as by a press, by its name', async () => {
  await run(order(`${read}\n${predicting}`))
  expect(news.at(-1)?.note).toBe(
    "a function needs records, for its schema and its self-test: await promote('points', predict, { data: rows })",
  )
})

test('data that is not what it was is told before a cell runs', async () => {
  writeFileSync(path.join(home, 'files', 'points.csv'), 'x,y\n1,2\n3,5\n')
  await run(order(read, predicting, promoting))
  const first = news.findIndex(({ changed }) => changed?.includes('points.csv'))
  expect(first).toBeLessThan(news.findIndex(({ cellsDone }) => cellsDone > 0))
  expect(compared[0]?.selfTest.predictions).toEqual([5, 10])
})

test('a cell that fails is named, with its trace', async () => {
  await run(order(read, `function fail() {\n  throw new RangeError('no luck')\n}\nfail()`, promoting))
  expect(news.at(-1)).toMatchObject({
    note: 'cell 2 of 3 failed: RangeError: no luck',
    cellsDone: 1,
    failed: { trace: expect.stringContaining('cell-c2.ts:2:9') },
  })
  expect(compared).toEqual([])
})

test('cells that promote nothing, or ask for a secret, say so', async () => {
  await run(order(`import { secret } from 'cellar'\nawait secret('KEY')`))
  expect(news.at(-1)?.note).toBe(
    'cell 1 of 1 failed: Error: cells that are run again for a version are given no secrets: KEY',
  )
})

test('one that is cancelled stops at once and tells nothing more', async () => {
  const stop = new AbortController()
  const running = run(order('for (;;) {}'), stop.signal)
  await expect.poll(() => news.some(({ note }) => note === 'runs the cells')).toBe(true)
  stop.abort()
  await running
  expect(news.some(({ failed }) => failed)).toBe(false)
  expect(readdirSync(path.join(home, 'reproductions'))).toEqual([])
})

test('what a host that was killed left behind is told to have ended', async () => {
  const left = path.join(home, 'reproductions', '11111111-1111-4111-8111-111111111111')
  mkdirSync(left, { recursive: true })
  createReproductions(place())
  await expect
    .poll(() => news)
    .toEqual([
      {
        reproductionId: '11111111-1111-4111-8111-111111111111',
        note: "the machine's host process was restarted, and the run ended with it; reproduce it again",
        cellsDone: 0,
        failed: { trace: null },
      },
    ])
  expect(existsSync(left)).toBe(false)
})
