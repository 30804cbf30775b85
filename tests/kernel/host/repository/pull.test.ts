import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { repositoryPolicy } from '../../../../kernel/host/repository/address'
import { runPull } from '../../../../kernel/host/repository/pull'
import type { PullNews } from '../../../../lib/protocol/repository'
import { root } from '../../../support/paths'
import { serveRepository } from '../../../support/repository'

let repository: Awaited<ReturnType<typeof serveRepository>>
let home: string
let news: PullNews[]
let promoted: { pullId: string; endpoint: string; cellSource: string }[]
beforeAll(async () => {
  repository = await serveRepository()
  home = await mkdtemp(path.join(tmpdir(), 'cellar-pull-'))
})
afterAll(async () => {
  await repository.close()
  await rm(home, { recursive: true })
})
beforeEach(() => {
  news = []
  promoted = []
})

const pullId = '11111111-1111-4111-8111-111111111111'

async function pull(path_ = 'models/train.ts') {
  await runPull(
    { pullId, address: repository.address, branch: 'main', commit: null, path: path_ },
    {
      root,
      home,
      folder: path.join(home, 'pulls'),
      backend: { name: 'none' },
      policy: repositoryPolicy({ CELLAR_REPOSITORY_NETWORKS: '127.0.0.1/32' }),
      async promote(id, promotion, request) {
        promoted.push({ pullId: id, endpoint: request.endpoint, cellSource: promotion.cellSource })
        return { endpoint: request.endpoint, version: '1.0.0', url: 'http://x/p', page: 'http://x' }
      },
      tell: async (each) => void news.push(each),
    },
  )
  expect(await readdir(path.join(home, 'pulls'))).toEqual([])
  return news.at(-1)!
}

const price = 'export const price = (size: number) => size * 10\n'
const notebook = `// %%
import { promote } from 'cellar'
import { price } from './price'
const rate = price(1)
console.log('trained')
await promote('prices', (records) => records.map(({ size }) => ({ price: size * rate })), { data: [{ size: 1 }, { size: 2.5 }] })
`
const passing = `import { test } from 'node:test'
import assert from 'node:assert/strict'
import { price } from './price.ts'
test('a price is ten times the size', () => {
  console.log('testing')
  assert.equal(price(2), 20)
})
test('later', { skip: true }, () => {})
`

test('tests that pass let the notebook run, and what it promotes goes through', async () => {
  repository.commit({
    'models/price.ts': price,
    'models/train.ts': notebook,
    'models/price.test.ts': passing,
  })
  const end = await pull()
  expect([end.state, end.reason]).toEqual(['done', undefined])
  // Each step; output is told in between.
  expect([...new Set(news.map(({ state }) => state))]).toEqual(['fetching', 'testing', 'running', 'done'])
  expect(news.find(({ tests }) => tests)?.tests).toEqual([
    {
      file: 'models/price.test.ts',
      name: 'a price is ten times the size',
      passed: true,
      skipped: false,
      ms: expect.any(Number),
      error: null,
    },
    {
      file: 'models/price.test.ts',
      name: 'later',
      passed: true,
      skipped: true,
      ms: expect.any(Number),
      error: null,
    },
  ])
  expect(end.log).toContain('testing')
  expect(end.log).toContain('trained')
  expect(promoted).toEqual([
    { pullId, endpoint: 'prices', cellSource: expect.stringContaining('await promote') },
  ])
})

test('a failing test promotes nothing: the notebook does not run', async () => {
  repository.commit({ 'models/price.ts': price.replace('10', '11') }, 'dearer')
  const end = await pull()
  expect([end.state, end.reason]).toEqual([
    'failed',
    'a test failed, nothing was run or promoted: a price is ten times the size',
  ])
  expect(end.tests?.[0]).toMatchObject({ passed: false, error: expect.stringContaining('22 !== 20') })
  expect(end.log).not.toContain('trained')
  expect(promoted).toEqual([])
})

test('a test file that cannot be read, or breaks off, is a failed test', async () => {
  repository.commit({
    'models/price.ts': price,
    'models/broken.test.ts': "import { nothing } from './not-there'\nnothing()\n",
    'models/exit.test.ts': 'process.exit(3)\n',
  })
  const end = await pull()
  expect(end.state).toBe('failed')
  expect(end.tests?.filter(({ passed }) => !passed).map(({ file, error }) => [file, error])).toEqual([
    ['models/broken.test.ts', expect.stringContaining('Could not resolve "./not-there"')],
    ['models/exit.test.ts', expect.any(String)],
  ])
  expect(promoted).toEqual([])
  repository.git('rm', '--quiet', 'models/broken.test.ts', 'models/exit.test.ts')
})

test('a test cannot read what the machine keeps to itself', async () => {
  repository.commit({
    'models/spy.test.ts': `import { test } from 'node:test'
import { readFileSync } from 'node:fs'
test('spy', () => { throw new Error(readFileSync(${JSON.stringify(path.join(home, 'config.json'))}, 'utf8')) })
`,
  })
  const { writeFile } = await import('node:fs/promises')
  await writeFile(path.join(home, 'config.json'), 'the-secret', { mode: 0o600 })
  const end = await pull()
  expect(JSON.stringify(end)).not.toContain('the-secret')
  expect(end.tests?.find(({ name }) => name === 'spy')).toMatchObject({ passed: false })
  repository.git('rm', '--quiet', 'models/spy.test.ts')
})

test('a cell that fails ends the pull with its output', async () => {
  repository.commit({ 'models/train.ts': `${notebook}\n// %%\nthrow new Error('no more data')\n` })
  const end = await pull()
  expect([end.state, end.reason]).toEqual(['failed', 'a cell failed; what was promoted before stays'])
  expect(end.log).toContain('no more data')
})

test('a notebook that is not in the commit is named', async () => {
  const end = await pull('models/other.ts')
  expect([end.state, end.reason]).toEqual(['failed', 'the commit has no such notebook: models/other.ts'])
})
