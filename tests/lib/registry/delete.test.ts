import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { trainings } from '../../../drizzle/schema/trainings'
import { startAbTest } from '../../../lib/abtests/start'
import { deleteEndpoint, deleteVersion } from '../../../lib/registry/delete'
import { productionAt } from '../../../lib/registry/history'
import { deletedEndpoints, listEndpoints } from '../../../lib/registry/list'
import { endpointPage } from '../../../lib/registry/page'
import { setStatus } from '../../../lib/registry/status'
import { sweepArtifacts } from '../../../lib/registry/sweep-artifacts'
import { versionPage } from '../../../lib/registry/version-page'
import { openRegistry } from './support'

let at: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  at = await openRegistry()
})
afterAll(() => at.close())

const endpoint = 'income'
const versionsOf = async (workspaceId: string) =>
  (await endpointPage(at.db, workspaceId, endpoint))?.versions.map(({ version }) => version)

test('a version in production, in staging or in a test is not deleted, and the reason says what to do', async () => {
  const person = await at.person()
  const asked = { ...person, endpoint }
  await at.promote(person)
  await at.promote(person, { bytes: [2] })
  await expect(deleteVersion(at.db, { ...asked, version: '1.0.1' })).rejects.toThrow(
    'it answers in production: make another version production, or move it to testing, first: 1.0.1',
  )
  await expect(deleteVersion(at.db, { ...asked, version: '1.0.0' })).rejects.toThrow(
    'it is staging, ready to take over: move it to testing first: 1.0.0',
  )
  await startAbTest(at.registry, {
    ...asked,
    variants: [
      { version: '1.0.1', weight: 1 },
      { version: '1.0.0', weight: 1 },
    ],
  })
  await setStatus(at.registry, { ...asked, version: '1.0.0', status: 'testing' })
  await expect(deleteVersion(at.db, { ...asked, version: '1.0.0' })).rejects.toThrow(
    'it takes part in an A/B test: end the test first: 1.0.0',
  )
  await expect(deleteEndpoint(at.db, asked)).rejects.toThrow(
    /^it (answers in production|takes part in an A\/B test)/,
  )
  expect(await versionsOf(person.workspaceId)).toEqual(['1.0.1', '1.0.0'])
})

test('a deleted version cannot be called or found again, its number is not given twice, and what was in production stays known', async () => {
  const person = await at.person()
  const asked = { ...person, endpoint }
  await at.promote(person, { bytes: [11] })
  const then = new Date()
  await at.promote(person, { bytes: [12] })
  await setStatus(at.registry, { ...asked, version: '1.0.0', status: 'testing' })
  await deleteVersion(at.db, { ...asked, version: '1.0.0' })
  expect(await versionsOf(person.workspaceId)).toEqual(['1.0.1'])
  const page = await versionPage(at.db, person.workspaceId, endpoint, '1.0.0')
  expect([page?.state, page?.deletedBy]).toEqual(['deleted', 'Ada'])
  await expect(setStatus(at.registry, { ...asked, version: '1.0.0', status: 'production' })).rejects.toThrow(
    'only a ready version can answer; 1.0.0 is deleted',
  )
  await expect(deleteVersion(at.db, { ...asked, version: '1.0.0' })).rejects.toThrow(
    'no such version: income 1.0.0',
  )
  const { summary } = (await endpointPage(at.db, person.workspaceId, endpoint))!
  expect((await productionAt(at.db, summary.id, then))?.version).toBe('1.0.0')
  expect((await at.promote(person, { bytes: [13] })).version).toBe('1.0.2')
})

test('another workspace’s version is not there', async () => {
  const [owner, other] = [await at.person(), await at.person()]
  await at.promote(owner)
  const asked = { workspaceId: other.workspaceId, userId: other.userId, endpoint }
  await expect(deleteVersion(at.db, { ...asked, version: '1.0.0' })).rejects.toMatchObject({ status: 404 })
  await expect(deleteEndpoint(at.db, asked)).rejects.toMatchObject({ status: 404 })
  expect(await versionPage(at.db, other.workspaceId, endpoint, '1.0.0')).toBeUndefined()
})

test('a deleted endpoint leaves its name free and can be read under another', async () => {
  const person = await at.person()
  const asked = { ...person, endpoint }
  await at.promote(person, { bytes: [21] })
  await setStatus(at.registry, { ...asked, version: '1.0.0', status: 'testing' })
  const { name } = await deleteEndpoint(at.db, asked)
  expect(name).toMatch(/^income~[0-9a-f]{8}$/)
  expect(await listEndpoints(at.db, person.workspaceId)).toEqual([])
  expect((await deletedEndpoints(at.db, person.workspaceId)).map((each) => each.name)).toEqual([name])
  expect((await endpointPage(at.db, person.workspaceId, name))?.history).toHaveLength(2)
  expect((await at.promote(person, { bytes: [22] })).version).toBe('1.0.0')
})

test('the artifact of a deleted version goes an hour later, unless another version has the same one', async () => {
  const person = await at.person()
  const asked = { ...person, endpoint }
  for (const bytes of [[31], [32], [32]]) await at.promote(person, { bytes })
  for (const version of ['1.0.0', '1.0.1']) {
    await setStatus(at.registry, { ...asked, version, status: 'testing' })
    await deleteVersion(at.db, { ...asked, version })
  }
  const rows = await at.db
    .select({ version: modelVersions.version, artifact: modelVersions.artifact })
    .from(modelVersions)
    .where(eq(modelVersions.notebookId, person.notebookId))
    .orderBy(modelVersions.version)
  const { artifacts } = at.registry
  const kept = () => Promise.all(rows.map(({ artifact }) => artifacts.has(artifact)))
  await sweepArtifacts(at.db, artifacts)
  expect(await kept()).toEqual([true, true, true])
  await at.db
    .update(modelVersions)
    .set({ deletedAt: sql`${modelVersions.deletedAt} - interval '61 minutes'` })
    .where(eq(modelVersions.notebookId, person.notebookId))
  await sweepArtifacts(at.db, artifacts)
  expect(await kept()).toEqual([false, true, true])
})

test('the artifact of a training stays when a version of it is deleted', async () => {
  const person = await at.person()
  await at.promote(person, { bytes: [41] })
  const asked = { ...person, endpoint, version: '1.0.0' }
  await setStatus(at.registry, { ...asked, status: 'testing' })
  await deleteVersion(at.db, asked)
  const ofPerson = eq(modelVersions.notebookId, person.notebookId)
  const [version] = await at.db
    .update(modelVersions)
    .set({ deletedAt: sql`${modelVersions.deletedAt} - interval '61 minutes'` })
    .where(ofPerson)
    .returning({ artifact: modelVersions.artifact })
  await at.db.insert(trainings).values({
    ...{ workspaceId: person.workspaceId, datasetName: 'iris', datasetNumber: 1, datasetHash: '' },
    ...{ engine: 'local', algorithm: 'kmeans', features: ['x'], parameters: {}, state: 'done' },
    artifact: version!.artifact,
  })
  await sweepArtifacts(at.db, at.registry.artifacts)
  expect(await at.registry.artifacts.has(version!.artifact)).toBe(true)
})
