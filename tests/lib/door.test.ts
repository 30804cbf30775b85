import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDataset } from '../../lib/datasets/create-version'
import { trashDataset } from '../../lib/datasets/trash'
import type { Database } from '../../lib/db'
import { type Actor, enter, enterAccount, enterInstallation } from '../../lib/door'
import { createFolder } from '../../lib/folders/create'
import { createNotebook } from '../../lib/notebooks/create'
import { trashNotebook } from '../../lib/notebooks/trash'
import { type Action, actions } from '../../lib/permissions'
import { Refused } from '../../lib/refused'
import { createToken } from '../../lib/tokens/create'
import { emptyVersion } from '../support/datasets'
import { addMember, addPerson, installation } from '../support/people'

/** Who may do what, in full: an action that is not here fails the test below. */
const allowed: Record<Action, string> = {
  'account.read': 'owner editor viewer outsider',
  'account.preferences': 'owner editor viewer outsider',
  'account.sign_out_everywhere': 'owner editor viewer outsider',
  'machine.list': 'owner editor viewer outsider',
  // The owner of the test registered first.
  'queues.manage': 'owner',
  'notebook.list': 'owner editor viewer',
  'notebook.create': 'owner editor',
  'notebook.read': 'owner editor viewer',
  'notebook.write': 'owner editor',
  'notebook.packages': 'owner editor machine',
  'notebook.rename': 'owner editor',
  'notebook.duplicate': 'owner editor',
  'notebook.export': 'owner editor viewer',
  'notebook.delete': 'owner editor',
  'notebook.move': 'owner editor',
  'notebook.restore': 'owner editor',
  'notebook.erase': 'owner editor',
  'folder.create': 'owner editor',
  'folder.change': 'owner editor',
  'folder.delete': 'owner editor',
  'kernel.execute': 'owner editor',
  'kernel.control': 'owner editor',
  'kernel.log': 'owner editor viewer',
  'version.promote': 'owner editor machine',
  'dataset.list': 'owner editor viewer token writing-token',
  'dataset.create': 'owner editor writing-token',
  'dataset.read': 'owner editor viewer token writing-token machine',
  'dataset.write': 'owner editor writing-token machine',
  'dataset.use': 'owner editor machine',
  'dataset.delete': 'owner editor writing-token',
  'dataset.restore': 'owner editor',
  'dataset.erase': 'owner editor',
  'training.list': 'owner editor viewer token writing-token',
  'training.read': 'owner editor viewer token writing-token',
  'training.start': 'owner editor writing-token',
  'training.cancel': 'owner editor writing-token',
  'repository.list': 'owner editor viewer',
  'repository.manage': 'owner editor',
  'run.list': 'owner editor viewer',
  'run.read': 'owner editor viewer',
  'run.change': 'owner editor',
  'run.record': 'owner editor machine',
  'files.read': 'owner editor viewer',
  'files.write': 'owner editor',
  'secret.list': 'owner editor',
  'secret.write': 'owner editor',
  'secret.delete': 'owner editor',
  'secret.use': 'owner editor machine',
  'token.list': 'owner editor',
  'token.create': 'owner editor',
  'token.change': 'owner editor',
  'token.revoke': 'owner editor',
  'endpoint.list': 'owner editor viewer token writing-token',
  'endpoint.read': 'owner editor viewer token writing-token',
  'endpoint.predict': 'owner editor viewer token writing-token',
  'endpoint.manage': 'owner editor writing-token',
}
/** What the others get: nobody is told to sign in, outsiders learn nothing, members learn what they lack. */
const refusals: Record<string, number> = {
  anonymous: 401,
  outsider: 404,
  'other token': 404,
  editor: 403,
  viewer: 403,
  token: 403,
  'writing-token': 403,
  machine: 403,
}

let at: Awaited<ReturnType<typeof installation>>
let db: Database
const actors: Record<string, Actor> = { anonymous: { kind: 'anonymous' } }
let targets: Record<
  'workspace' | 'notebook' | 'folder' | 'endpoint' | 'token' | 'dataset',
  Parameters<typeof enter>[2]
>
/** What is in the trash, by what an action is about. */
let trashed: { notebook: { notebookId: string }; dataset: { datasetId: string } }
const trashedOf = (action: Action) => (actions[action].on === 'dataset' ? trashed.dataset : trashed.notebook)

beforeAll(async () => {
  at = await installation()
  db = at.db
  const owner = await addPerson(db, 'owner')
  actors.owner = { kind: 'user', id: owner.id }
  for (const role of ['editor', 'viewer'] as const) {
    const person = await addPerson(db, role)
    await addMember(db, owner.workspaceId, person.id, role)
    actors[role] = { kind: 'user', id: person.id }
  }
  const outsider = await addPerson(db, 'outsider')
  actors.outsider = { kind: 'user', id: outsider.id }
  const { workspaceId } = owner
  const token = await createToken({ workspaceId, userId: owner.id, name: 'key' }, db)
  actors.token = { kind: 'token', tokenId: token.id, workspaceId, scope: 'read' }
  actors['writing-token'] = { ...actors.token, scope: 'write' }
  actors['other token'] = { ...actors['writing-token'], workspaceId: outsider.workspaceId }
  actors.machine = { kind: 'machine', id: crypto.randomUUID(), name: 'vm' }
  const notebook = await createNotebook({ workspaceId, userId: owner.id }, db)
  const dataset = await createDataset({ workspaceId, name: 'iris', version: emptyVersion }, db)
  const old = await createDataset({ workspaceId, name: 'old', version: emptyVersion }, db)
  trashed = {
    notebook: { notebookId: (await createNotebook({ workspaceId, userId: owner.id }, db)).id },
    dataset: { datasetId: old.id },
  }
  await trashNotebook(trashed.notebook.notebookId, db)
  await trashDataset(old.id, db)
  const folder = await createFolder({ workspaceId, parentId: null, name: 'Studies' }, db)
  targets = {
    folder: { folderId: folder.id },
    workspace: { workspaceId },
    notebook: { notebookId: notebook.id },
    endpoint: { workspaceId },
    token: { tokenId: token.id },
    dataset: { datasetId: dataset.id },
  }
})
afterAll(() => at.close())

async function outcome(actor: Actor, action: Action) {
  try {
    const { on, trashed: ofTrash } = actions[action]
    if (on === 'account') enterAccount(actor, action)
    else if (on === 'installation') await enterInstallation(actor, action, db)
    else await enter(actor, action, ofTrash ? trashedOf(action) : targets[on], db)
    return 'allowed'
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.status
  }
}

test('a key that may only read is told what to do where one may change things', async () => {
  await expect(enter(actors.token!, 'endpoint.manage', targets.workspace, db)).rejects.toMatchObject({
    status: 403,
    code: 'read_only_key',
    message:
      'this API key may predict and read only; this needs one that may also change, see Settings: endpoint.manage',
  })
})

test('the table of who may do what lists every action', () => {
  expect(Object.keys(allowed).sort()).toEqual(Object.keys(actions).sort())
})

test.each(Object.keys(actions) as Action[])(
  '%s is allowed to exactly whom the table names',
  async (action) => {
    const names = Object.keys(actors)
    const results = await Promise.all(names.map((name) => outcome(actors[name]!, action)))
    const expected = names.map((name) => {
      if (allowed[action].split(' ').includes(name)) return 'allowed'
      // Actions about one's own account are about no workspace.
      if (actions[action].on === 'account' && name === 'other token') return 403
      // Whoever is not the owner of the installation learns nothing.
      if (actions[action].on === 'installation' && name !== 'anonymous') return 404
      return refusals[name]
    })
    expect(Object.fromEntries(names.map((name, i) => [name, results[i]]))).toEqual(
      Object.fromEntries(names.map((name, i) => [name, expected[i]])),
    )
  },
)

test.each([
  [{ notebookId: crypto.randomUUID() }],
  [{ notebookId: "x' or true --" }],
  [{ workspaceId: crypto.randomUUID() }],
  [{ datasetId: crypto.randomUUID() }],
  [{ tokenId: 'none' }],
])('a target that does not exist is refused as not found: %j', async (target) => {
  await expect(enter(actors.owner!, 'notebook.read', target, db)).rejects.toMatchObject({ status: 404 })
})

test.each(
  Object.keys(actions).filter((action) =>
    ['notebook', 'dataset'].includes(actions[action as Action].on),
  ) as Action[],
)(
  'what is in the trash is reached by nothing but what is about the trash, and no other by that: %s',
  async (action) => {
    const target = actions[action].trashed
      ? targets[actions[action].on as 'notebook' | 'dataset']
      : trashedOf(action)
    await expect(enter(actors.owner!, action, target, db)).rejects.toMatchObject({ status: 404 })
  },
)
