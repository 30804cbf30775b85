import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiTokens } from '../../drizzle/schema'
import { createToken } from '../../lib/tokens/create'
import { listTokens } from '../../lib/tokens/list'
import { setTokenRate } from '../../lib/tokens/rate'
import { revokeToken } from '../../lib/tokens/revoke'
import { verifyToken } from '../../lib/tokens/verify'
import { addPerson, installation, type Person } from '../support/people'

let at: Awaited<ReturnType<typeof installation>>
let person: Person
beforeAll(async () => {
  at = await installation()
  person = await addPerson(at.db, 'Ada')
})
afterAll(() => at.close())

const create = (name: string) =>
  createToken({ workspaceId: person.workspaceId, userId: person.id, name }, at.db)

test('a token opens its workspace, and its use is noted', async () => {
  const { id, token } = await create('first')
  expect(token).toMatch(/^cellar_[0-9a-f]{16}_[0-9a-f]{64}$/)
  expect(await verifyToken(token, at.db)).toEqual({
    tokenId: id,
    workspaceId: person.workspaceId,
    createdBy: person.id,
    scope: 'read',
    rate: null,
  })
  const [listed] = await listTokens(person.workspaceId, at.db)
  expect(listed).toEqual({
    id,
    name: 'first',
    createdBy: 'Ada',
    createdAt: expect.any(Date),
    lastUsedAt: expect.any(Date),
    scope: 'read',
    rate: null,
  })
})

test('a token that may change things says so wherever it is read', async () => {
  const { id, token } = await createToken(
    { workspaceId: person.workspaceId, userId: person.id, name: 'changes', scope: 'write' },
    at.db,
  )
  expect((await verifyToken(token, at.db))?.scope).toBe('write')
  const listed = await listTokens(person.workspaceId, at.db)
  expect(listed.find((each) => each.id === id)?.scope).toBe('write')
})

test('a rate is kept with its token, changed and taken away', async () => {
  const { id, token } = await create('busy')
  const rateOf = async () => (await verifyToken(token, at.db))?.rate
  for (const rate of [{ perSecond: 5, burst: 10 }, { perSecond: 2.5, burst: 1 }, null]) {
    await setTokenRate(id, rate, at.db)
    expect(await rateOf()).toEqual(rate)
  }
})

test('the table does not hold the secret', async () => {
  const { token } = await create('secret')
  const secret = token.split('_')[2]!
  const rows = JSON.stringify(await at.db.select().from(apiTokens), (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
  expect(rows).not.toContain(secret)
})

test('a revoked token opens nothing and is not listed', async () => {
  const { id, token } = await create('revoked')
  await revokeToken(id, at.db)
  expect(await verifyToken(token, at.db)).toBeUndefined()
  expect((await listTokens(person.workspaceId, at.db)).map(({ name }) => name)).not.toContain('revoked')
})

test.each([
  ['another secret', (token: string) => `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`],
  [
    'another id',
    (token: string) => token.replace(/^cellar_./, (start) => `cellar_${start.at(-1) === '0' ? 1 : 0}`),
  ],
  ['a part', (token: string) => token.slice(0, -2)],
  ['more', (token: string) => `${token}0`],
  ['nothing', () => ''],
])('%s opens nothing', async (_, change) => {
  const { token } = await create('changed')
  expect(await verifyToken(change(token), at.db)).toBeUndefined()
})
