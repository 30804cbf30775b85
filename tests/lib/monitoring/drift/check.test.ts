import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../../lib/db'
import { checkDrift } from '../../../../lib/monitoring/drift/check'
import { driftState } from '../../../../lib/monitoring/drift/latest'
import { referenceOf } from '../../../../lib/protocol/reference'
import type { RecordSchema } from '../../../../lib/protocol/schema'
import { freshDatabase } from '../../../support/database'
import { logged, writeLog } from '../../requests/support'
import { newEndpoint, newWorkspace } from '../../serving/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let base: { workspaceId: string; endpointId: string; versionId: string }

const schema: RecordSchema = {
  input: { type: 'object', fields: { age: { type: 'number' } } },
  output: { type: 'number' },
}
const now = new Date('2026-11-21T12:00:00Z')
const trained = Array.from({ length: 1000 }, (_, i) => ({ age: 20 + (i % 50) }))

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const { workspaceId } = await newWorkspace(connection)
  const made = await newEndpoint(connection, { workspaceId, name: 'income', artifact: 'a', schema })
  base = { workspaceId, endpointId: made.endpointId, versionId: made.versionId! }
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

/** Requests of two records each, whose ages are those of the training data and `older`. */
const requests = (at: string, count: number, older: number) =>
  Array.from({ length: count }, (_, i) =>
    logged(base, at, {
      records: 2,
      input: JSON.stringify([{ age: 20 + ((2 * i) % 50) + older }, { age: 20 + ((2 * i + 1) % 50) + older }]),
      output: '[1,2]',
    }),
  )

test('a version without a reference is not compared; then too few records are not, and what came is', async () => {
  const { db, sql } = connection
  await writeLog(connection, requests('2026-11-21T10:00:00Z', 99, 0))
  expect(await checkDrift(db, now)).toBe(0)
  expect(await driftState(db, base.endpointId)).toEqual({ checks: [], referenced: false })

  const reference = referenceOf(
    schema,
    trained,
    trained.map((_, i) => 1 + (i % 2)),
  )
  await sql`insert into version_references (version_id, reference)
    values (${base.versionId}, ${JSON.stringify(reference)}::text::json)`
  expect(await checkDrift(db, now)).toBe(0)
  expect(await driftState(db, base.endpointId)).toEqual({ checks: [], referenced: true })

  // A refused request is none of the data.
  const refused = logged(base, '2026-11-21T10:30:00Z', { status: 400, input: '{"age":"old"}', output: null })
  await writeLog(connection, [...requests('2026-11-21T10:20:00Z', 101, 0), refused])
  expect(await checkDrift(db, now)).toBe(1)
  const field = {
    test: 'Kolmogorov–Smirnov',
    statistic: expect.closeTo(0, 1),
    p: 1,
    psi: expect.closeTo(0, 2),
    drifted: false,
  }
  expect(await driftState(db, base.endpointId)).toEqual({
    referenced: true,
    checks: [
      {
        version: '1.0.0',
        records: 400,
        from: new Date('2026-11-21T10:00:00Z'),
        to: new Date('2026-11-21T10:20:00Z'),
        at: now,
        drifted: false,
        fields: expect.arrayContaining([
          { ...field, side: 'output', path: '(record)' },
          { ...field, side: 'input', path: 'age' },
        ]),
      },
    ],
  })
})

test('nothing new is not compared again; older people are drift of the age', async () => {
  const { db } = connection
  expect(await checkDrift(db, now)).toBe(0)
  await writeLog(connection, requests('2026-11-21T11:00:00Z', 1000, 15))
  const later = new Date('2026-11-21T12:05:00Z')
  expect(await checkDrift(db, later)).toBe(1)
  const { checks } = await driftState(db, base.endpointId)
  expect(checks.map(({ records, drifted, at }) => ({ records, drifted, at }))).toEqual([
    { records: 2000, drifted: true, at: later },
  ])
  expect(
    checks[0]!.fields.filter(({ drifted }) => drifted).map(({ side, path }) => `${side} ${path}`),
  ).toEqual(['input age'])
})
