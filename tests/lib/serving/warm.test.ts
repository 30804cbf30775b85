import { expect, test } from 'vitest'
import { recordedRecords } from '../../../lib/serving/recorded'
import { withGateway } from './with-gateway'

/** What a model is run with before its first caller. */

const at = withGateway()

const recorded = (versionId: string | undefined) => recordedRecords(at.connection.sql, versionId!)

test('a version is run with its example where nobody has asked yet, then with what was asked and answered', async () => {
  const { versionId } = await at.make('asked')
  expect(await recorded(versionId)).toEqual([{ x: 1 }])
  await at.ask('asked', { x: 7 })
  await at.ask('asked', [{ x: 8 }, { x: 9 }])
  await at.ask('asked', { x: 'no' })
  await at.ask('asked', { x: 1, note: 'n'.repeat(20_000) })
  await expect
    .poll(async () => (await recorded(versionId)).map((record) => (record as { x: number }).x).sort())
    .toEqual([7, 8, 9])
})

test('inputs that another endpoint was sent are not its own, and a version that is not there has none', async () => {
  const { versionId } = await at.make('other')
  expect(await recorded(versionId)).toEqual([{ x: 1 }])
  expect(await recorded(crypto.randomUUID())).toEqual([])
})

test('the first caller after a load meets a model that has run before', async () => {
  await at.make('first')
  const { body } = await at.ask('first', { x: 1, calls: true })
  const [{ calls }] = (body as { predictions: [{ calls: number }] }).predictions
  expect(calls).toBeGreaterThan(1)
})
