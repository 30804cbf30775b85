import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TablePart } from '../../../lib/protocol/tables'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel?.close())

const part = (file: string) =>
  kernel.ask({ type: 'ask', method: 'table.part', params: { file } }) as Promise<TablePart>

/** Takes the file of a call part by part, as a host does. */
async function take(file: string) {
  const bytes: Buffer[] = []
  for (;;) {
    const { base64, done } = await part(file)
    bytes.push(Buffer.from(base64, 'base64'))
    if (done) return Buffer.concat(bytes)
  }
}

test('a table goes to the host as a Parquet file, with what its columns are known to be', async () => {
  const saved: unknown[] = []
  kernel.onCall = async (call) => {
    if (call.method !== 'saveDataset') throw new Error(call.method)
    const { file, ...params } = call.params
    const bytes = await take(file)
    saved.push({ ...params, begins: bytes.subarray(0, 4).toString(), ends: bytes.subarray(-4).toString() })
    return { name: params.name, version: 2, rows: 2, hash: 'ab', page: '' }
  }
  const { text, state } = await kernel.run(
    `import { saveDataset, sql } from 'cellar'
const days = await sql\`SELECT DATE '2024-01-01' AS day, 1::BIGINT AS n, 0.5 AS x, 'a' AS name
  UNION ALL SELECT NULL, 2, 1, 'b'\`
const later = days.filter((d) => d.n > 1).derive({ twice: (d) => d.n * 2 })
const first = await saveDataset('days', days, { message: 'both' })
await saveDataset('later', later)
await saveDataset('records', [{ a: 1 }, { a: 2.5 }])
first.version`,
    'cell',
  )
  expect([state, text]).toEqual(['done', '2'])
  const file = { begins: 'PAR1', ends: 'PAR1', cellId: 'cell' }
  const ofDays = [{ type: 'date' }, { type: 'integer' }, { type: 'number' }, { type: 'text' }]
  expect(saved).toEqual([
    { name: 'days', message: 'both', query: true, columns: ofDays, ...file },
    { name: 'later', message: '', query: false, columns: [...ofDays, { type: 'integer' }], ...file },
    { name: 'records', message: '', query: false, columns: [{ type: 'integer' }], ...file },
  ])
})

test('what is no table, or has no row, is refused before anything is sent', async () => {
  kernel.onCall = () => Promise.reject(new Error('nothing should be asked'))
  const said = async (source: string) =>
    (await kernel.run(`await saveDataset('x', ${source}).catch((error) => error.message)`)).text
  expect([
    await said('12'),
    await said('new Map()'),
    await said('[]'),
    await said('days.filter(() => false)'),
  ]).toEqual([
    "'saveDataset takes an arquero or Arrow table or an array of records, for await a promise first; not a number: x'",
    "'saveDataset takes an arquero or Arrow table or an array of records, for await a promise first; not Map: x'",
    "'there are no rows to save: x'",
    "'there are no rows to save: x'",
  ])
})

test('a Stop ends the file, so that no version is made of a part of it', async () => {
  let begun = () => {}
  const first = new Promise<void>((resolve) => {
    begun = resolve
  })
  let ended: Promise<unknown> = Promise.resolve()
  kernel.onCall = (call) => {
    if (call.method !== 'saveDataset') throw new Error(call.method)
    const { file } = call.params
    ended = part(file).then(async () => {
      begun()
      await stopped
      return take(file)
    })
    return ended
  }
  const { n, ended: cell } = kernel.start(
    `const many = Float64Array.from({ length: 2_000_000 }, () => Math.random())
const table = (await import('arquero')).table({ many })
await saveDataset('many', table)`,
  )
  const stopped = first.then(() => kernel.interrupt(n))
  expect((await cell).state).toBe('interrupted')
  await expect(ended).rejects.toThrow('the cell was stopped')
})
