import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { predictionRollups } from '../../../drizzle/schema/monitoring'
import { endpointPage } from '../../../lib/registry/page'
import { versionPage } from '../../../lib/registry/version-page'
import { openRegistry } from './support'

let at: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  at = await openRegistry()
})
afterAll(() => at.close())

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

test('a version’s page has the cells that made it, its revision and its hashes', async () => {
  const person = await at.person()
  const { id } = await at.revise(
    person,
    {
      b: 'const k = 2',
      c: 'const unused = 1',
      f: 'const predict = (x) => x * k',
      a: 'promote("income", predict)',
    },
    { packages: { 'left-pad': '^1.3.0' }, lock: '{"lockfileVersion":3}', scripts: [] },
  )
  await at.promote(person, { bytes: [7] })
  const page = (await versionPage(at.db, person.workspaceId, 'income', '1.0.0'))!
  expect({
    slice: page.slice.map((cell) => cell.id),
    revision: page.revision?.id,
    notebook: page.notebook?.title,
    hashes: page.hashes,
    selfTest: page.selfTest,
    example: page.example,
    use: page.use,
    environment: page.environment,
  }).toEqual({
    slice: ['b', 'f', 'a'],
    revision: id,
    notebook: 'Income',
    hashes: {
      artifact: sha256(new Uint8Array([7])),
      schema: sha256('{"input":{"type":"number"},"output":{"type":"number"}}'),
      lockfile: sha256('{"lockfileVersion":3}'),
    },
    selfTest: { records: 2, maxDifference: 0 },
    example: { record: 1, prediction: 2 },
    use: 'it answers in production: make another version production, or move it to testing, first',
    environment: { node: 'v20', host: 'h' },
  })
})

test('a version names the data that its own cells had read', async () => {
  const person = await at.person()
  await at.revise(person, {
    d: 'const rows = read()',
    o: 'const other = 1',
    a: 'promote("income", () => rows)',
  })
  const read = (cellId: string, name: string) => ({ cellId, name, bytes: 3, sha256: sha256(name) })
  await at.promote(person, {
    cellSource: 'promote("income", () => rows)',
    files: [read('d', 'rows.csv'), read('o', 'other.csv')],
  })
  const page = await versionPage(at.db, person.workspaceId, 'income', '1.0.0')
  expect(page?.data).toEqual([read('d', 'rows.csv')])
})

test('a version counts its own requests, by the hour and of all tests', async () => {
  const person = await at.person()
  await at.promote(person)
  await at.promote(person)
  const { summary, versions } = (await endpointPage(at.db, person.workspaceId, 'income'))!
  const [newer, older] = versions
  const row = (start: string, versionId: string, latency: Record<string, number>) => ({
    endpointId: summary.id,
    resolution: 'hour' as const,
    start: new Date(start),
    versionId,
    abTestId: '00000000-0000-0000-0000-000000000000',
    version: '-',
    requests: 10,
    errors: 1,
    refused: 2,
    records: 30,
    latency,
    wait: {},
    model: {},
    batches: {},
  })
  await at.db
    .insert(predictionRollups)
    .values([
      row('2026-11-21T10:00:00Z', newer!.id, { 0: 7 }),
      row('2026-11-21T11:00:00Z', newer!.id, { 0: 7 }),
      row('2026-11-21T11:00:00Z', older!.id, { 100: 7 }),
      { ...row('2026-11-21T11:00:00Z', newer!.id, {}), resolution: 'minute' },
    ])
  const page = await versionPage(at.db, person.workspaceId, 'income', newer!.version)
  expect(page?.requests).toEqual({
    requests: 20,
    records: 60,
    errors: 2,
    refused: 4,
    p50: expect.closeTo(0.99),
    p99: expect.closeTo(0.99),
    lastHour: new Date('2026-11-21T11:00:00Z'),
  })
})
