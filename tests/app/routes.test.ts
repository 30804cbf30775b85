import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localArtifacts } from '../../lib/artifacts'
import { createDataset } from '../../lib/datasets/create-version'
import { trashDataset } from '../../lib/datasets/trash'
import { createFolder } from '../../lib/folders/create'
import { createNotebook } from '../../lib/notebooks/create'
import { trashNotebook } from '../../lib/notebooks/trash'
import type { Action } from '../../lib/permissions'
import { setRegistry } from '../../lib/registry/registry'
import { setStudies } from '../../lib/registry/study'
import { setImporter } from '../../lib/registry/uploads/importer'
import { listRevisions } from '../../lib/revisions/list'
import type { Route } from '../../lib/route'
import { provideStatus } from '../../lib/status/provide'
import { createToken } from '../../lib/tokens/create'
import { emptyVersion } from '../support/datasets'
import { root } from '../support/paths'
import { addMember, addPerson, installation, origin, type Person } from '../support/people'

/** Every route with the door it goes through: one that is missing here, or has none, fails. */
const doors: Record<string, Action | 'public' | 'next-auth'> = {
  'GET /api/auth/[...nextauth]': 'next-auth',
  'POST /api/auth/[...nextauth]': 'next-auth',
  'POST /api/register': 'public',
  'GET /api/notebooks': 'notebook.list',
  'POST /api/notebooks': 'notebook.create',
  'GET /api/notebooks/search': 'notebook.list',
  'POST /api/notebooks/[id]/move': 'notebook.move',
  'GET /api/trash': 'notebook.list',
  'POST /api/trash/[id]': 'notebook.restore',
  'DELETE /api/trash/[id]': 'notebook.erase',
  'GET /api/folders': 'notebook.list',
  'POST /api/folders': 'folder.create',
  'PATCH /api/folders/[id]': 'folder.change',
  'DELETE /api/folders/[id]': 'folder.delete',
  'POST /api/notebooks/import': 'notebook.create',
  'POST /api/notebooks/import-address': 'notebook.create',
  'GET /api/notebooks/[id]': 'notebook.read',
  'PATCH /api/notebooks/[id]': 'notebook.rename',
  'DELETE /api/notebooks/[id]': 'notebook.delete',
  'POST /api/notebooks/[id]/duplicate': 'notebook.duplicate',
  'GET /api/notebooks/[id]/export': 'notebook.export',
  'GET /api/notebooks/[id]/log/[executionId]': 'kernel.log',
  'GET /api/notebooks/[id]/tables/[table]': 'notebook.read',
  'POST /api/notebooks/[id]/tables/[table]/datasets': 'notebook.read',
  'GET /api/notebooks/[id]/datasets': 'notebook.read',
  'GET /api/notebooks/[id]/revisions': 'notebook.read',
  'GET /api/notebooks/[id]/revisions/[revisionId]': 'notebook.read',
  'PATCH /api/notebooks/[id]/revisions/[revisionId]': 'notebook.write',
  'GET /api/notebooks/[id]/files': 'files.read',
  'POST /api/notebooks/[id]/files': 'files.write',
  'GET /api/notebooks/[id]/files/content': 'files.read',
  'PUT /api/notebooks/[id]/files/content': 'files.write',
  'GET /api/notebooks/[id]/secrets': 'secret.list',
  'PUT /api/notebooks/[id]/secrets/[name]': 'secret.write',
  'DELETE /api/notebooks/[id]/secrets/[name]': 'secret.delete',
  'POST /api/dataset-uploads': 'dataset.create',
  'GET /api/dataset-uploads/[id]': 'dataset.create',
  'HEAD /api/dataset-uploads/[id]': 'dataset.create',
  'PATCH /api/dataset-uploads/[id]': 'dataset.create',
  'DELETE /api/dataset-uploads/[id]': 'dataset.create',
  'POST /api/dataset-uploads/[id]/preview': 'dataset.create',
  'POST /api/dataset-uploads/[id]/save': 'dataset.create',
  'GET /api/datasets': 'dataset.list',
  'GET /api/dataset-standing/[id]': 'dataset.list',
  'GET /api/dataset-trash': 'dataset.list',
  'POST /api/dataset-trash/[id]': 'dataset.restore',
  'DELETE /api/dataset-trash/[id]': 'dataset.erase',
  'DELETE /api/datasets/[name]': 'dataset.delete',
  'PATCH /api/datasets/[name]': 'dataset.write',
  'POST /api/datasets/[name]/columns': 'dataset.write',
  'POST /api/datasets/[name]/columns/fit': 'dataset.read',
  'GET /api/datasets/[name]/diff': 'dataset.read',
  'GET /api/datasets/[name]/download': 'dataset.read',
  'GET /api/datasets/[name]/rows': 'dataset.read',
  'POST /api/datasets/[name]/rows': 'dataset.read',
  'POST /api/datasets/[name]/explore': 'dataset.read',
  'GET /api/datasets/[name]/versions': 'dataset.read',
  'POST /api/datasets/[name]/versions': 'dataset.write',
  'POST /api/datasets/[name]/versions/[version]/restore': 'dataset.write',
  'GET /api/tokens': 'token.list',
  'POST /api/tokens': 'token.create',
  'PATCH /api/tokens/[id]': 'token.change',
  'DELETE /api/tokens/[id]': 'token.revoke',
  'POST /api/endpoints/uploads': 'endpoint.manage',
  'POST /api/endpoints/uploads/[id]': 'endpoint.manage',
  'POST /api/trainings/[id]/versions': 'endpoint.manage',
  'POST /api/endpoints/[name]/versions': 'endpoint.manage',
  'GET /api/endpoints/[name]': 'endpoint.read',
  'GET /api/endpoints/[name]/log-settings': 'endpoint.read',
  'GET /api/endpoints/[name]/limits': 'endpoint.read',
  'PUT /api/endpoints/[name]/limits': 'endpoint.manage',
  'GET /api/endpoints/[name]/alerts': 'endpoint.read',
  'POST /api/endpoints/[name]/alerts': 'endpoint.manage',
  'PATCH /api/endpoints/[name]/alerts/[id]': 'endpoint.manage',
  'DELETE /api/endpoints/[name]/alerts/[id]': 'endpoint.manage',
  'GET /api/endpoints/[name]/monitoring': 'endpoint.read',
  'GET /api/endpoints/[name]/monitoring/health': 'endpoint.read',
  'GET /api/endpoints/[name]/requests': 'endpoint.read',
  'GET /api/endpoints/[name]/requests/[id]': 'endpoint.read',
  'GET /api/endpoints/[name]/requests/export': 'endpoint.read',
  'POST /api/endpoints/[name]/requests/datasets': 'dataset.create',
  'PUT /api/endpoints/[name]/log-settings': 'endpoint.manage',
  'GET /api/runs': 'run.list',
  'DELETE /api/runs': 'run.change',
  'GET /api/runs/[id]': 'run.read',
  'PATCH /api/runs/[id]': 'run.change',
  'GET /api/runs/[id]/artifacts': 'run.read',
  'GET /api/runs/curves': 'run.read',
  'GET /api/repositories': 'repository.list',
  'POST /api/repositories': 'repository.manage',
  'GET /api/repositories/[id]': 'repository.list',
  'PATCH /api/repositories/[id]': 'repository.manage',
  'DELETE /api/repositories/[id]': 'repository.manage',
  'POST /api/repositories/[id]/pull': 'repository.manage',
  'GET /api/repositories/[id]/webhook': 'repository.manage',
  'POST /api/repositories/[id]/webhook': 'public',
  'GET /api/endpoints/[name]/production': 'endpoint.read',
  'GET /api/endpoints/[name]/ab-tests': 'endpoint.read',
  'POST /api/endpoints/[name]/ab-tests': 'endpoint.manage',
  'POST /api/endpoints/[name]/ab-tests/[id]/end': 'endpoint.manage',
  'DELETE /api/endpoints/[name]': 'endpoint.manage',
  'GET /api/endpoints/[name]/versions/[version]': 'endpoint.read',
  'DELETE /api/endpoints/[name]/versions/[version]': 'endpoint.manage',
  'GET /api/endpoints/[name]/versions/[version]/export': 'endpoint.read',
  'PUT /api/endpoints/[name]/versions/[version]/status': 'endpoint.manage',
  'GET /api/endpoints/[name]/versions/[version]/exports': 'endpoint.read',
  'POST /api/endpoints/[name]/versions/[version]/exports': 'endpoint.read',
  'GET /api/endpoints/[name]/versions/[version]/exports/[id]': 'endpoint.read',
  'PUT /api/endpoints/[name]/versions/[version]/shadow': 'endpoint.manage',
  'DELETE /api/endpoints/[name]/versions/[version]/shadow': 'endpoint.manage',
  'GET /api/endpoints/[name]/versions/[version]/reproductions': 'endpoint.read',
  'POST /api/endpoints/[name]/versions/[version]/reproductions': 'endpoint.manage',
  'DELETE /api/endpoints/[name]/versions/[version]/reproductions/[id]': 'endpoint.manage',
  'GET /api/endpoints/[name]/webhook': 'endpoint.read',
  'PUT /api/endpoints/[name]/webhook': 'endpoint.manage',
  'DELETE /api/endpoints/[name]/webhook': 'endpoint.manage',
  'POST /api/endpoints/[name]/webhook/key': 'endpoint.manage',
  'GET /api/endpoints/[name]/deliveries': 'endpoint.read',
  'POST /api/endpoints/[name]/deliveries/[id]': 'endpoint.manage',
  'POST /api/account/sign-out-everywhere': 'account.sign_out_everywhere',
  'GET /api/machines': 'machine.list',
  'GET /api/status': 'machine.list',
  'PUT /api/account/status-layout': 'account.preferences',
}
const bodies: Record<string, unknown> = {
  'POST /api/dataset-uploads/[id]/preview': {},
  'POST /api/dataset-uploads/[id]/save': { target: { name: 'iris' } },
  'POST /api/notebooks/[id]/tables/[table]/datasets': { name: 'saved' },
  'POST /api/endpoints/[name]/requests/datasets': { name: 'asked' },
  'DELETE /api/runs': { ids: ['11111111-1111-4111-8111-111111111111'] },
  'PATCH /api/runs/[id]': { name: 'best' },
  'PATCH /api/datasets/[name]': { description: 'flowers' },
  'POST /api/datasets/[name]/columns': { column: 'x', type: 'text', parent: 1 },
  'POST /api/datasets/[name]/columns/fit': { column: 'x', type: 'text' },
  'POST /api/datasets/[name]/rows': { query: { sort: [], filters: [], search: '' } },
  'POST /api/datasets/[name]/versions': { parent: 1, edits: { deleted: [0] } },
  'POST /api/datasets/[name]/versions/[version]/restore': { parent: 1 },
  'POST /api/datasets/[name]/explore': {
    asker: 'page',
    figure: { kind: 'attribute', column: 'x' },
    filters: [],
  },
  'PUT /api/account/status-layout': { layout: [{ widget: 'cpu', width: 2, height: 1 }] },
  'POST /api/notebooks': {},
  'POST /api/notebooks/import-address': { address: 'http://127.0.0.1/a.ts' },
  'PATCH /api/notebooks/[id]': { title: 'Renamed' },
  'PATCH /api/notebooks/[id]/revisions/[revisionId]': { name: 'first' },
  'POST /api/notebooks/[id]/files': { change: 'folder', path: 'a' },
  'PUT /api/notebooks/[id]/secrets/[name]': { value: 'long enough', scope: 'notebook' },
  'POST /api/notebooks/[id]/move': { folder: null },
  'POST /api/folders': { name: 'Studies', parent: null },
  'PATCH /api/folders/[id]': { name: 'Renamed' },
  'POST /api/tokens': { name: 'key' },
  'PUT /api/endpoints/[name]/versions/[version]/status': { status: 'testing' },
  'POST /api/endpoints/[name]/versions/[version]/exports': { format: 'onnx' },
  'PUT /api/endpoints/[name]/versions/[version]/shadow': { share: 100 },
  'PATCH /api/tokens/[id]': { rate: { perSecond: 10, burst: 20 } },
  'PUT /api/endpoints/[name]/limits': { batchSize: 8, maxWaiting: null, deadlineMs: 500, concurrency: null },
  'POST /api/endpoints/uploads/[id]': {},
  'POST /api/endpoints/[name]/alerts': { metric: 'drift', emails: ['ada@example.org'] },
  'PATCH /api/endpoints/[name]/alerts/[id]': { enabled: false },
  'POST /api/repositories': { address: 'https://git.example.org/models', branch: 'main', path: 'train.ts' },
  'PATCH /api/repositories/[id]': {
    address: 'https://git.example.org/models',
    branch: 'main',
    path: 'train.ts',
  },
  'POST /api/repositories/[id]/pull': {},
  'PUT /api/endpoints/[name]/log-settings': { sampleShare: 0.5, retentionDays: 30 },
  'POST /api/trainings/[id]/versions': { endpoint: 'twice' },
  'POST /api/endpoints/[name]/versions': { upload: crypto.randomUUID() },
  'POST /api/endpoints/[name]/ab-tests': {
    variants: [
      { version: '1.0.0', weight: 1 },
      { version: '1.0.1', weight: 1 },
    ],
  },
  'POST /api/endpoints/[name]/ab-tests/[id]/end': {},
  'PUT /api/endpoints/[name]/webhook': { url: null },
}
/** A route's answer to somebody who may pass, where it is not 200 or 201. */
const passed: Record<string, number> = {
  // The server's own machine.
  'POST /api/notebooks/import-address': 422,
  'GET /api/notebooks/[id]/log/[executionId]': 503,
  // As it is asked for here it names no format.
  'GET /api/notebooks/[id]/tables/[table]': 400,
  'POST /api/notebooks/[id]/tables/[table]/datasets': 503,
  'GET /api/notebooks/[id]/files': 503,
  'POST /api/notebooks/[id]/files': 503,
  'GET /api/notebooks/[id]/files/content': 503,
  'PUT /api/notebooks/[id]/files/content': 503,
  // No form with files.
  'POST /api/endpoints/uploads': 415,
  // A notebook's id is no run's.
  'GET /api/runs/[id]': 404,
  'PATCH /api/runs/[id]': 404,
  'GET /api/runs/[id]/artifacts': 404,
  // It names no metric.
  'GET /api/runs/curves': 400,
  // A notebook's id is no repository's.
  'GET /api/repositories/[id]': 404,
  'PATCH /api/repositories/[id]': 404,
  'DELETE /api/repositories/[id]': 404,
  'POST /api/repositories/[id]/pull': 404,
  'GET /api/repositories/[id]/webhook': 404,
  'POST /api/endpoints/uploads/[id]': 404,
  'POST /api/trainings/[id]/versions': 404,
  'POST /api/endpoints/[name]/versions': 404,
  // It names no file.
  'POST /api/dataset-uploads': 400,
  // A notebook's id is no upload's.
  'GET /api/dataset-uploads/[id]': 404,
  'HEAD /api/dataset-uploads/[id]': 404,
  'PATCH /api/dataset-uploads/[id]': 404,
  'DELETE /api/dataset-uploads/[id]': 404,
  'POST /api/dataset-uploads/[id]/preview': 404,
  'POST /api/dataset-uploads/[id]/save': 404,
  'DELETE /api/datasets/[name]': 404,
  'PATCH /api/datasets/[name]': 404,
  'POST /api/datasets/[name]/columns': 404,
  'POST /api/datasets/[name]/columns/fit': 404,
  // As it is asked for here it names no format.
  'GET /api/datasets/[name]/diff': 400,
  'GET /api/datasets/[name]/download': 400,
  'GET /api/datasets/[name]/versions': 404,
  'POST /api/datasets/[name]/versions': 404,
  'POST /api/datasets/[name]/versions/[version]/restore': 404,
  'GET /api/datasets/[name]/rows': 404,
  'POST /api/datasets/[name]/rows': 404,
  'POST /api/datasets/[name]/explore': 404,
  'GET /api/endpoints/[name]': 404,
  'GET /api/endpoints/[name]/limits': 404,
  'PUT /api/endpoints/[name]/limits': 404,
  'GET /api/endpoints/[name]/production': 404,
  'GET /api/endpoints/[name]/monitoring': 404,
  'GET /api/endpoints/[name]/monitoring/health': 404,
  'GET /api/endpoints/[name]/alerts': 404,
  'POST /api/endpoints/[name]/alerts': 404,
  'PATCH /api/endpoints/[name]/alerts/[id]': 404,
  'DELETE /api/endpoints/[name]/alerts/[id]': 404,
  'GET /api/endpoints/[name]/requests': 404,
  'GET /api/endpoints/[name]/requests/[id]': 404,
  'GET /api/endpoints/[name]/requests/export': 404,
  'POST /api/endpoints/[name]/requests/datasets': 404,
  'GET /api/endpoints/[name]/log-settings': 404,
  'PUT /api/endpoints/[name]/log-settings': 404,
  'GET /api/endpoints/[name]/ab-tests': 404,
  'POST /api/endpoints/[name]/ab-tests': 404,
  'POST /api/endpoints/[name]/ab-tests/[id]/end': 404,
  'DELETE /api/endpoints/[name]': 404,
  'GET /api/endpoints/[name]/versions/[version]': 404,
  'DELETE /api/endpoints/[name]/versions/[version]': 404,
  // As it is asked for here it names no format.
  'GET /api/endpoints/[name]/versions/[version]/export': 400,
  'PUT /api/endpoints/[name]/versions/[version]/status': 404,
  'POST /api/endpoints/[name]/versions/[version]/exports': 404,
  'GET /api/endpoints/[name]/versions/[version]/exports/[id]': 404,
  'PUT /api/endpoints/[name]/versions/[version]/shadow': 404,
  'DELETE /api/endpoints/[name]/versions/[version]/shadow': 404,
  'POST /api/endpoints/[name]/versions/[version]/reproductions': 404,
  'DELETE /api/endpoints/[name]/versions/[version]/reproductions/[id]': 404,
  'GET /api/endpoints/[name]/webhook': 404,
  'PUT /api/endpoints/[name]/webhook': 404,
  'DELETE /api/endpoints/[name]/webhook': 404,
  'POST /api/endpoints/[name]/webhook/key': 404,
  'GET /api/endpoints/[name]/deliveries': 404,
  'POST /api/endpoints/[name]/deliveries/[id]': 404,
}
const aboutAccount = new Set([
  'POST /api/account/sign-out-everywhere',
  'PUT /api/account/status-layout',
  'GET /api/machines',
  'GET /api/status',
])
const writes = new Set<Action | string>(
  Object.values(doors).filter((door) => !/list|read|export|log|^machine|^account/.test(door)),
)
/** Editors and owners only, though it changes nothing. */
writes.add('token.list')
writes.add('secret.list')

let at: Awaited<ReturnType<typeof installation>>
let owner: Person
let viewer: Person
let outsider: Person
const routes = new Map<string, Route | undefined>()

beforeAll(async () => {
  at = await installation()
  setRegistry({
    db: at.db,
    artifacts: localArtifacts(at.config.artifactsDir),
    check: () => Promise.reject(new Error('no worker here')),
    origin,
  })
  provideStatus(async () => ({ at: 0, machines: [], queues: [] }))
  setImporter({
    uploads: localArtifacts(at.config.artifactsDir),
    importModel: () => Promise.reject(new Error('no worker here')),
  })
  setStudies({ ask: () => Promise.reject(new Error('no worker here')) })
  owner = await addPerson(at.db, 'owner')
  viewer = await addPerson(at.db, 'viewer')
  outsider = await addPerson(at.db, 'outsider')
  await addMember(at.db, owner.workspaceId, viewer.id, 'viewer')
  const folder = path.join(root, 'app/api')
  for (const file of readdirSync(folder, { recursive: true }) as string[]) {
    if (path.basename(file) !== 'route.ts') continue
    const url = `/api/${path.dirname(file)}`
    const module = (await import(path.join(folder, file))) as Record<string, Route>
    for (const [method, route] of Object.entries(module)) routes.set(`${method} ${url}`, route)
  }
})
afterAll(() => at.close())

async function trashedDataset() {
  const { workspaceId } = owner
  const dataset = await createDataset(
    { workspaceId, name: crypto.randomUUID(), version: emptyVersion },
    at.db,
  )
  await trashDataset(dataset.id, at.db)
  return dataset
}

/** Calls a route of the owner's workspace as `person`. */
async function call(name: string, person: Person | undefined, from: string | undefined = origin) {
  const [method, url] = name.split(' ') as [string, string]
  const { id: userId, workspaceId } = owner
  const notebook = await createNotebook({ workspaceId, userId }, at.db)
  const token = await createToken({ workspaceId, userId, name: 'key' }, at.db)
  const dataset = url.startsWith('/api/dataset-trash/') ? await trashedDataset() : undefined
  if (url.startsWith('/api/trash/')) await trashNotebook(notebook.id, at.db)
  const folder = await createFolder({ workspaceId, parentId: null, name: crypto.randomUUID() }, at.db)
  const [revision] = await listRevisions(notebook.id, undefined, at.db)
  const params = {
    revisionId: revision!.id,
    id:
      dataset?.id ??
      (url.startsWith('/api/tokens') ? token.id : url.startsWith('/api/folders') ? folder.id : notebook.id),
    executionId: crypto.randomUUID(),
    version: '1.0.0',
    name: 'iris',
  }
  const body = bodies[name]
  const headers = new Headers({
    host: '127.0.0.1:3999',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  })
  if (person) headers.set('cookie', person.cookie)
  if (from) headers.set('origin', from)
  const address = `${origin}${url}?workspace=${owner.workspaceId}&name=a.ts`
  const request = new Request(address, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const response = await routes.get(name)!(request, { params: Promise.resolve(params) })
  return response.status
}

test('every route is listed with its door', () => {
  const found = [...routes].map(([name, route]) => [
    name,
    name.includes('nextauth') ? 'next-auth' : route?.action,
  ])
  expect(Object.fromEntries(found)).toEqual(doors)
})

const guarded = Object.entries(doors).filter(([, door]) => door !== 'public' && door !== 'next-auth')

describe.each(guarded)('%s', (name, door) => {
  test('asks nobody in particular to sign in', async () => {
    expect(await call(name, undefined)).toBe(401)
  })

  test('lets the owner pass', async () => {
    if (name === 'POST /api/account/sign-out-everywhere') return
    expect([200, 201, passed[name]]).toContain(await call(name, owner))
  })

  test('tells other people that there is no such thing', async () => {
    const expected = aboutAccount.has(name) ? 200 : 404
    expect(
      await call(name, name.startsWith('POST /api/account') ? await addPerson(at.db, 'x') : outsider),
    ).toBe(expected)
  })

  test('lets a viewer look, not change', async () => {
    if (aboutAccount.has(name)) return
    const status = await call(name, viewer)
    if (writes.has(door)) expect(status).toBe(403)
    else expect([200, passed[name]]).toContain(status)
  })
})

test.each(guarded.filter(([name]) => !/^(GET|HEAD) /.test(name)))(
  '%s is not answered to another site’s page',
  async (name) => {
    for (const from of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:3998',
      'http://127.0.0.1:3999.evil.example',
      '',
    ])
      expect(await call(name, owner, from)).toBe(403)
  },
)

test('bodies that are not understood are refused with the field’s name', async () => {
  const headers = { cookie: owner.cookie, origin, 'content-type': 'application/json' }
  const post = (body: string, type = 'application/json') =>
    routes.get('POST /api/tokens')!(
      new Request(`${origin}/api/tokens`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body,
      }),
      { params: Promise.resolve({}) },
    )
  expect((await post('{', 'text/plain')).status).toBe(415)
  expect((await post('{')).status).toBe(400)
  const refused = await post('{"name":""}')
  expect(refused.status).toBe(400)
  expect(Object.keys((await refused.json()).error.fields)).toEqual(['name'])
})
