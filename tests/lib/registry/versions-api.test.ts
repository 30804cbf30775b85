import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { runWorker } from '../../../kernel/serve/run-worker'
import { localArtifacts, uploadsFolder } from '../../../lib/artifacts'
import { connect } from '../../../lib/db'
import { createChecker } from '../../../lib/registry/checker'
import { createStudies } from '../../../lib/registry/study'
import { createImporter } from '../../../lib/registry/uploads/importer'
import { createVersionsApi } from '../../../lib/registry/versions-api'
import { createToken } from '../../../lib/tokens/create'
import { root } from '../../support/paths'
import { addPerson, installation, type Person } from '../../support/people'
import { ownRedis } from '../../support/redis'
import { call, serve } from '../serving/support'

let at: Awaited<ReturnType<typeof installation>>
let ada: Person
let web: Awaited<ReturnType<typeof serve>>
let reading: string
let changing: string
let foreign: string
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  at = await installation()
  ada = await addPerson(at.db, 'Ada')
  const bea = await addPerson(at.db, 'Bea')
  const key = async ({ id: userId, workspaceId }: Person, scope: 'read' | 'write') =>
    (await createToken({ workspaceId, userId, name: scope, scope }, at.db)).token
  reading = await key(ada, 'read')
  changing = await key(ada, 'write')
  foreign = await key(bea, 'write')
  const redisUrl = await ownRedis()
  const { artifactsDir, workDir, databaseUrl } = at.config
  const artifacts = localArtifacts(artifactsDir)
  const worker = await runWorker({
    redisUrl,
    artifacts,
    uploads: localArtifacts(uploadsFolder(artifactsDir)),
    place: { root, home: at.config.home, workDir, tensorflow: { name: 'none' } },
    warn: () => {},
  })
  const checker = createChecker(redisUrl)
  const importer = createImporter(redisUrl, artifactsDir)
  const studies = createStudies(redisUrl)
  const connection = connect(databaseUrl)
  const registry = { db: at.db, artifacts, check: checker.check, origin: 'http://cellar.example' }
  web = await serve(connection, redisUrl, { versionsApi: createVersionsApi(registry, importer, studies) })
  closing.push(
    web.close,
    worker.close,
    checker.close,
    importer.close,
    studies.close,
    connection.close,
    at.close,
  )
})
afterAll(async () => {
  for (const close of closing) await close()
})

const model = readFileSync(path.join(root, 'tests/kernel/serve/fixtures/models/iris.onnx'))

async function upload(token: string, { endpoint = 'iris', query = '', fields = {}, file = model } = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value as string)
  form.append('file', new Blob([file]), 'iris.onnx')
  const answer = await fetch(`${web.origin}/api/v1/endpoints/${endpoint}/versions${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  return { status: answer.status, body: { ...((await answer.json()) as object), request_id: 'id' } }
}

const columns = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
const record = { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 }
const fields = {
  naming: JSON.stringify({ inputs: {}, outputs: { label: 'species' }, columns }),
  records: JSON.stringify([record]),
}

test('a key that may change uploads a model, makes it production, and takes it along as a bundle', async () => {
  expect(await upload(changing, { fields })).toEqual({
    status: 201,
    body: {
      request_id: 'id',
      endpoint: 'iris',
      version: '1.0.0',
      status: 'testing',
      url: 'http://cellar.example/api/v1/iris/predict',
      page: 'http://cellar.example/endpoints/iris',
    },
  })
  const [row] = await at.db.select().from(modelVersions)
  expect([row!.createdBy, row!.source]).toEqual([
    ada.id,
    { kind: 'upload', format: 'onnx', files: [{ name: 'iris.onnx', bytes: 528 }] },
  ])
  const put = await call(web.origin, '/api/v1/endpoints/iris/versions/1.0.0/status', {
    token: changing,
    method: 'PUT',
    body: { status: 'production', reason: 'from CI' },
  })
  expect([put.status, put.body]).toEqual([
    200,
    { request_id: 'id', endpoint: 'iris', version: '1.0.0', status: 'production' },
  ])
  const answer = await call(web.origin, '/api/v1/iris/predict', { token: reading, body: record })
  expect(answer.body).toMatchObject({ version: '1.0.0', predictions: [{ species: 2 }] })

  const list = await call(web.origin, '/api/v1/endpoints/iris/versions', { token: reading })
  expect(list.body).toEqual({
    request_id: 'id',
    versions: [
      { version: '1.0.0', status: 'production', state: 'ready', created_at: row!.createdAt.toISOString() },
    ],
  })
  const bundle = await fetch(`${web.origin}/api/v1/endpoints/iris/versions/1.0.0/export?format=dockerfile`, {
    headers: { authorization: `Bearer ${reading}` },
  })
  expect([
    bundle.status,
    bundle.headers.get('content-disposition'),
    (await bundle.text()).includes('FROM'),
  ]).toEqual([200, 'attachment; filename="Dockerfile"', true])
})

test('a key that may only read changes nothing, and is told which can', async () => {
  const refused = {
    status: 403,
    body: {
      request_id: 'id',
      error: {
        code: 'read_only_key',
        message:
          'this API key may predict and read only; this needs one that may also change, see Settings: endpoint.manage',
      },
    },
  }
  expect(await upload(reading)).toEqual(refused)
  expect(
    await call(web.origin, '/api/v1/endpoints/iris/versions/1.0.0/status', {
      token: reading,
      method: 'PUT',
      body: { status: 'testing' },
    }),
  ).toMatchObject(refused)
})

test.each([
  ['another workspace’s endpoint', 'GET', '/iris/versions', 404, 'not_found'],
  ['a version that there is none of', 'PUT', '/iris/versions/9.9.9/status', 404, 'no_version'],
  ['a format that there is none of', 'GET', '/iris/versions/1.0.0/export?format=exe', 400, 'bad_format'],
  ['a path that there is none of', 'GET', '/iris/versions/1.0.0/else', 404, 'not_found'],
  ['another method', 'DELETE', '/iris/versions', 405, 'method_not_allowed'],
])('%s is refused', async (_, method, at, status, code) => {
  const answer = await call(web.origin, `/api/v1/endpoints${at}`, {
    token: foreign,
    method,
    ...(method === 'PUT' && { body: { status: 'production' } }),
  })
  expect([answer.status, answer.body]).toEqual([
    status,
    { request_id: 'id', error: expect.objectContaining({ code }) },
  ])
})

test.each([
  [{ query: '?status=ab_testing' }, 400, 'bad_status'],
  [{ endpoint: 'Not_a_name' }, 400, 'bad_request'],
  [{ fields: { records: '{"a":' } }, 400, 'bad_request'],
  [{ file: Buffer.from('this is no model') }, 422, 'no_model'],
])('an upload that cannot become a version says why: %j', async (given, status, code) => {
  const answer = await upload(changing, given)
  expect([answer.status, answer.body]).toEqual([
    status,
    { request_id: 'id', error: expect.objectContaining({ code }) },
  ])
})

test('a form without a boundary is refused, and is no error of Cellar', async () => {
  const answer = await call(web.origin, '/api/v1/endpoints/iris/versions', {
    token: changing,
    body: 'no form',
    headers: { 'content-type': 'multipart/form-data' },
  })
  expect([answer.status, answer.body]).toEqual([
    400,
    {
      request_id: 'id',
      error: {
        code: 'bad_form',
        message: "the content type is no form's, let your client write it: Multipart: Boundary not found",
      },
    },
  ])
})

test('a change without a status, or with one that there is none of, is refused by its field', async () => {
  const change = (body: unknown) =>
    call(web.origin, '/api/v1/endpoints/iris/versions/1.0.0/status', { token: changing, method: 'PUT', body })
  for (const body of [{}, { status: 'best' }, [], 'nothing']) expect((await change(body)).status).toBe(400)
})
