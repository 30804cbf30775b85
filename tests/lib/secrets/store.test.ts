import { afterAll, beforeAll, expect, test } from 'vitest'
import { secrets } from '../../../drizzle/schema'
import { createNotebook } from '../../../lib/notebooks/create'
import { secretName, secretValue } from '../../../lib/protocol/secrets'
import { open, seal } from '../../../lib/secrets/cipher'
import { deleteSecret, listSecrets, putSecret, revealSecret } from '../../../lib/secrets/store'
import { addPerson, installation, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let person: Person
let notebookId: string
let otherId: string

beforeAll(async () => {
  at = await installation()
  person = await addPerson(at.db, 'Ada')
  const of = { workspaceId: person.workspaceId, userId: person.id }
  notebookId = (await createNotebook(of, at.db)).id
  otherId = (await createNotebook(of, at.db)).id
})
afterAll(() => at.close())

const put = (scope: 'notebook' | 'workspace', name: string, value: string, of = notebookId) =>
  putSecret({ workspaceId: person.workspaceId, notebookId: of, scope, name }, value, person.id, at.db)
const list = async (of: string) =>
  (await listSecrets({ workspaceId: person.workspaceId, notebookId: of }, at.db)).map(
    ({ name, scope, updatedBy }) => ({ name, scope, updatedBy }),
  )

test("a notebook's own secret counts before its workspace's, and is nobody else's", async () => {
  await put('workspace', 'API_KEY', 'of the workspace')
  await put('notebook', 'API_KEY', 'of the notebook, first')
  await put('notebook', 'API_KEY', 'of the notebook')
  expect([
    await revealSecret(notebookId, 'API_KEY', at.db),
    await revealSecret(otherId, 'API_KEY', at.db),
    await list(notebookId),
    await list(otherId),
  ]).toEqual([
    'of the notebook',
    'of the workspace',
    [
      { name: 'API_KEY', scope: 'notebook', updatedBy: 'Ada' },
      { name: 'API_KEY', scope: 'workspace', updatedBy: 'Ada' },
    ],
    [{ name: 'API_KEY', scope: 'workspace', updatedBy: 'Ada' }],
  ])
})

test('a deleted secret is gone, and an unknown one is named', async () => {
  await put('notebook', 'GONE', 'for a moment')
  await deleteSecret({ workspaceId: person.workspaceId, notebookId, scope: 'notebook', name: 'GONE' }, at.db)
  await expect(revealSecret(notebookId, 'GONE', at.db)).rejects.toThrow(
    'no such secret: GONE; add it in the panel Secrets',
  )
})

test('no row holds a value, and a row that is moved to another name cannot be opened', async () => {
  await put('notebook', 'MOVED', 'the value itself')
  const rows = await at.db.select().from(secrets)
  for (const { ciphertext } of rows)
    expect(Buffer.from(ciphertext).toString('latin1')).not.toContain('the value itself')
  await at.sql`update secrets set name = 'OTHER' where name = 'MOVED'`
  await expect(revealSecret(notebookId, 'OTHER', at.db)).rejects.toThrow()
})

test('another key, a changed byte and another place do not open it', () => {
  const key = Buffer.alloc(32, 1)
  const sealed = seal(key, 'the value', 'here')
  const changed = { ...sealed, ciphertext: sealed.ciphertext.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) }
  expect(open(key, sealed, 'here')).toBe('the value')
  expect(() => open(key, sealed, 'there')).toThrow()
  expect(() => open(key, changed, 'here')).toThrow()
  expect(() => open(Buffer.alloc(32, 2), sealed, 'here')).toThrow(
    `sealed with another key than this installation's: ${sealed.keyId}; store the secret again`,
  )
})

test('short values and odd names are refused', () => {
  expect(secretValue.safeParse('12345').error?.issues[0]?.message).toBe(
    'too short to be kept out of outputs: use 6 characters or more',
  )
  expect(['API_KEY', '1KEY', 'a key', ''].map((name) => secretName.safeParse(name).success)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
