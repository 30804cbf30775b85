import { readFileSync } from 'node:fs'
import { readdir, utimes } from 'node:fs/promises'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as publish } from '../../../../app/api/endpoints/[name]/versions/route'
import { POST as inspect } from '../../../../app/api/endpoints/uploads/[id]/route'
import { POST as upload } from '../../../../app/api/endpoints/uploads/route'
import { modelVersions } from '../../../../drizzle/schema'
import { modelUploads } from '../../../../drizzle/schema/uploads'
import { runWorker } from '../../../../kernel/serve/run-worker'
import { localArtifacts, uploadsFolder } from '../../../../lib/artifacts'
import type { ImportReport } from '../../../../lib/protocol/imported-model'
import { createChecker } from '../../../../lib/registry/checker'
import { endpointPage } from '../../../../lib/registry/page'
import { setRegistry } from '../../../../lib/registry/registry'
import { createImporter, setImporter } from '../../../../lib/registry/uploads/importer'
import { sweepUploads } from '../../../../lib/registry/uploads/sweep'
import type { Route } from '../../../../lib/route'
import { root } from '../../../support/paths'
import { addPerson, installation, origin, type Person } from '../../../support/people'
import { ownRedis } from '../../../support/redis'
import { createDispatcher } from './support'

let at: Awaited<ReturnType<typeof installation>>
let ada: Person
let bea: Person
let predict: (artifact: string, records: unknown[]) => Promise<unknown>
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  at = await installation()
  ada = await addPerson(at.db, 'Ada')
  bea = await addPerson(at.db, 'Bea')
  const redisUrl = await ownRedis()
  const { artifactsDir, workDir } = at.config
  const artifacts = localArtifacts(artifactsDir)
  const worker = await runWorker({
    redisUrl,
    artifacts,
    uploads: localArtifacts(uploadsFolder(artifactsDir)),
    place: { root, home: at.config.home, workDir, tensorflow: { name: 'tensorflow', version: '' } },
    warn: () => {},
  })
  const checker = createChecker(redisUrl)
  const importer = createImporter(redisUrl, artifactsDir)
  setRegistry({ db: at.db, artifacts, check: checker.check, origin })
  setImporter(importer)
  const dispatcher = createDispatcher(redisUrl)
  predict = dispatcher.predict
  closing.push(dispatcher.close, worker.close, checker.close, importer.close, at.close)
})
afterAll(async () => {
  for (const close of closing) await close()
})

const models = path.join(root, 'tests/kernel/serve/fixtures/models')

async function call(route: Route, person: Person, params: Record<string, string>, body: FormData | object) {
  const request = new Request(`${origin}/api`, {
    method: 'POST',
    headers: {
      cookie: person.cookie,
      origin,
      host: new URL(origin).host,
      ...(!(body instanceof FormData) && { 'content-type': 'application/json' }),
    },
    body: body instanceof FormData ? body : JSON.stringify(body),
  })
  const answer = await route(request, { params: Promise.resolve(params) })
  return { status: answer.status, body: await answer.json() }
}

function filesOf(...names: string[]) {
  const form = new FormData()
  for (const name of names) form.append('file', new Blob([readFileSync(path.join(models, name))]), name)
  return form
}

test('an uploaded file becomes a version that answers under names of the person’s own', async () => {
  const uploaded = await call(upload, ada, {}, filesOf('iris.onnx'))
  expect(uploaded.status).toBe(201)
  const { id, report } = uploaded.body as { id: string; report: ImportReport }
  expect([report.format, report.problem, report.records]).toEqual(['onnx', null, [[0, 0.132, 0.756, 0.459]]])

  const columns = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
  const naming = { inputs: {}, outputs: { label: 'species' }, columns }
  const record = { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 }
  const again = await call(inspect, ada, { id }, { naming, records: [record] })
  expect((again.body.report as ImportReport).schema.input).toMatchObject({ type: 'object' })

  const made = await call(
    publish,
    ada,
    { name: 'iris' },
    { upload: id, naming, records: [record], status: 'production' },
  )
  expect(made).toEqual({
    status: 201,
    body: {
      endpoint: 'iris',
      version: '1.0.0',
      url: `${origin}/api/v1/iris/predict`,
      page: `${origin}/endpoints/iris`,
    },
  })
  const [row] = await at.db.select().from(modelVersions).where(eq(modelVersions.version, '1.0.0'))
  expect(row).toMatchObject({
    status: 'production',
    state: 'ready',
    notebookId: null,
    source: { kind: 'upload', format: 'onnx', files: [{ name: 'iris.onnx', bytes: 528 }] },
    selfTest: { records: 1, maxDifference: 0 },
  })
  expect(await predict(row!.artifact, [record, record])).toMatchObject([{ species: 2 }, { species: 2 }])
})

test('the next version is of another format, and stays in testing unless it is asked to answer', async () => {
  const { id } = (await call(upload, ada, {}, filesOf('scorer.zip'))).body as { id: string }
  const made = await call(publish, ada, { name: 'iris' }, { upload: id })
  expect([made.status, made.body.version]).toEqual([201, '1.0.1'])
  const page = await endpointPage(at.db, ada.workspaceId, 'iris')
  expect(page?.versions.map(({ version, status, state }) => [version, status, state])).toEqual([
    ['1.0.1', 'testing', 'ready'],
    ['1.0.0', 'production', 'ready'],
  ])
})

test('a file without a model is refused with its name, and not kept', async () => {
  const before = await at.db.select().from(modelUploads)
  expect(await call(upload, ada, {}, filesOf('make.py'))).toEqual({
    status: 422,
    body: {
      error: {
        code: 'no_model',
        message:
          'no model was found, upload a model.json with its weights, a SavedModel as zip or tgz, or an ONNX file: make.py',
      },
    },
  })
  expect(await at.db.select().from(modelUploads)).toEqual(before)
})

test('a version needs an example that the model answers', async () => {
  const { id } = (await call(upload, ada, {}, filesOf('iris.onnx'))).body as { id: string }
  expect(await call(publish, ada, { name: 'other' }, { upload: id, records: [[1]] })).toMatchObject({
    status: 422,
    body: {
      error: {
        code: 'no_example',
        message:
          'give an example that the model can answer: example 0 does not fit the model: expected numbers of shape [4], got shape [1]',
      },
    },
  })
  expect(await endpointPage(at.db, ada.workspaceId, 'other')).toBeUndefined()
})

test('names that are twice there, and names of no endpoint, are refused', async () => {
  const { id } = (await call(upload, ada, {}, filesOf('iris.onnx'))).body as { id: string }
  const naming = { inputs: {}, outputs: { label: 'p', probabilities: 'p' } }
  expect((await call(inspect, ada, { id }, { naming })).body.error.message).toBe(
    'two outputs have the same name: p',
  )
  expect((await call(publish, ada, { name: 'Not a name' }, { upload: id })).status).toBe(400)
})

test('an upload belongs to its workspace', async () => {
  const { id } = (await call(upload, ada, {}, filesOf('iris.onnx'))).body as { id: string }
  expect((await call(inspect, bea, { id }, {})).status).toBe(404)
  expect((await call(publish, bea, { name: 'mine' }, { upload: id })).status).toBe(404)
})

test('uploads of yesterday go, with their files, and those of today stay', async () => {
  const folder = uploadsFolder(at.config.artifactsDir)
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const yesterday = new Date(Date.now() - 25 * 3_600_000)
  const before = await files()
  for (const { parentPath, name } of before) await utimes(path.join(parentPath, name), yesterday, yesterday)
  const { id } = (await call(upload, ada, {}, filesOf('colours.onnx'))).body as { id: string }
  await at.db.update(modelUploads).set({ createdAt: yesterday }).where(eq(modelUploads.createdBy, ada.id))
  await at.db.update(modelUploads).set({ createdAt: new Date() }).where(eq(modelUploads.id, id))
  expect(await sweepUploads(at.db, folder)).toBe(before.length)
  expect((await files()).length).toBe(1)
  expect((await at.db.select().from(modelUploads)).map((row) => row.id)).toEqual([id])
})
