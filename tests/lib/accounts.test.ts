import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAttempts } from '../../lib/attempts'
import { authenticate } from '../../lib/auth'
import { listNotebooks } from '../../lib/notebooks/list'
import { hashPassword, matchesPassword } from '../../lib/passwords'
import { register, registration } from '../../lib/register'
import { currentUser, signOutEverywhere } from '../../lib/session'
import { subscribe } from '../../lib/signals'
import { personalWorkspace } from '../../lib/workspaces/personal'
import { addPerson, cookieOf, installation } from '../support/people'

let at: Awaited<ReturnType<typeof installation>>
beforeAll(async () => {
  at = await installation()
})
afterAll(() => at.close())

const ada = { name: ' Ada ', email: ' Ada@Example.ORG ', password: 'correct horse' }

describe('registering', () => {
  test('gives an account, a workspace of its own and the example notebooks', async () => {
    const { id } = await register(registration.parse(ada), at.db)
    const { name, kind, role, id: workspaceId } = await personalWorkspace(id, at.db)
    const titles = (await listNotebooks(workspaceId, '', at.db)).map(({ title }) => title).sort()
    expect({ name, kind, role, titles }).toEqual({
      name: 'Ada',
      kind: 'personal',
      role: 'owner',
      titles: ['Income classifier', 'Iris clusters', 'MNIST digits'],
    })
  })

  test('refuses an e-mail that is taken, in any case of its letters', async () => {
    await expect(
      register(registration.parse({ ...ada, email: 'ADA@example.org' }), at.db),
    ).rejects.toMatchObject({ status: 409, code: 'email_taken' })
  })

  test.each([
    ['a short password', { password: 'ninechars' }, ['password']],
    ['a long password', { password: 'x'.repeat(129) }, ['password']],
    ['no name', { name: ' ' }, ['name']],
    ['no address', { email: 'ada' }, ['email']],
  ])('refuses %s', (_, part, fields) => {
    const { error } = registration.safeParse({ ...ada, ...part })
    expect(error?.issues.map(({ path }) => path[0])).toEqual(fields)
  })

  test('takes passwords of 10 to 128 characters', () => {
    for (const password of ['x'.repeat(10), '🐎'.repeat(128)])
      expect(registration.safeParse({ ...ada, password }).success).toBe(true)
  })
})

test('a password that differs after its 72nd byte is another password', async () => {
  const hash = await hashPassword(`${'x'.repeat(100)}a`)
  expect(await matchesPassword(`${'x'.repeat(100)}a`, hash)).toBe(true)
  expect(await matchesPassword(`${'x'.repeat(100)}b`, hash)).toBe(false)
})

describe('signing in', () => {
  const attempts = () => createAttempts(10, 60_000)

  test('takes the right password, whatever the case of the e-mail', async () => {
    const user = await authenticate(
      { email: 'ADA@example.org', password: ada.password },
      '',
      at.db,
      attempts(),
    )
    expect(user).toMatchObject({ email: 'ada@example.org', name: 'Ada', sessionVersion: 1 })
  })

  test.each([
    ['a wrong password', { email: 'ada@example.org', password: 'wrong horse!' }],
    ['an unknown e-mail', { email: 'eve@example.org', password: ada.password }],
    ['no input', undefined],
  ])('refuses %s', async (_, input) => {
    expect(await authenticate(input, '', at.db, attempts())).toBeNull()
  })

  test('refuses even the right password after ten wrong ones, for this address only', async () => {
    const counted = attempts()
    const wrong = { email: 'ada@example.org', password: 'wrong horse!' }
    await Promise.all(Array.from({ length: 10 }, () => authenticate(wrong, '10.0.0.1', at.db, counted)))
    const right = { ...wrong, password: ada.password }
    await expect(authenticate(right, '10.0.0.1', at.db, counted)).rejects.toThrow('Too many wrong passwords')
    expect(await authenticate(right, '10.0.0.2', at.db, counted)).toMatchObject({ name: 'Ada' })
  })

  test('a block ends with its window', () => {
    let now = 0
    const counted = createAttempts(2, 1000, () => now)
    counted.fail('a')
    counted.fail('a')
    expect(counted.blockedUntil('a')).toBe(1000)
    now = 1001
    expect(counted.blockedUntil('a')).toBeUndefined()
  })
})

describe('a session', () => {
  test('belongs to the person whose cookie it is', async () => {
    const { id, email, name, cookie } = await addPerson(at.db, 'bob')
    expect(await currentUser(`other=1; ${cookie}`, at.db)).toEqual({ id, email, name })
  })

  test.each([
    ['no cookie', async () => undefined],
    ['nonsense', async () => 'next-auth.session-token=nonsense'],
    ['another secret', async (id: string) => cookieOf(id, 1, 'another secret of at least 32 characters')],
    ['an older version', async (id: string) => cookieOf(id, 0)],
    ['nobody', async () => cookieOf(crypto.randomUUID(), 1)],
  ])('is refused for %s', async (_, cookie) => {
    const { id } = await addPerson(at.db, 'bob')
    expect(await currentUser(await cookie(id), at.db)).toBeUndefined()
  })

  test('ends everywhere at once, and the live part is told', async () => {
    const { id, cookie } = await addPerson(at.db, 'bob')
    const signals: unknown[] = []
    const end = subscribe((signal) => signals.push(signal))
    await signOutEverywhere(id, at.db)
    end()
    expect(await currentUser(cookie, at.db)).toBeUndefined()
    expect(signals).toEqual([{ type: 'signed_out', userId: id }])
  })
})
