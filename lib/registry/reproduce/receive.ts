import { eq } from 'drizzle-orm'
import { modelVersions } from '../../../drizzle/schema'
import { reproductions } from '../../../drizzle/schema/reproductions'
import type { ArtifactStore } from '../../artifacts'
import type { Database } from '../../db'
import { decodePromotionBody } from '../../protocol/promotion-body'
import type { ReproducedBundle } from '../../protocol/reproduction'
import { measureDifference } from '../difference'
import { RegistryError } from '../registry'
import type { Studies } from '../study'
import { runsOn } from './news'

type Place = { db: Database; studies: Studies; uploads: Pick<ArtifactStore, 'put' | 'remove'> }

/**
 * Compares what a version's cells promoted when they ran again with the version, both in fresh processes, by its example and by
 * the records of the new self-test, and keeps the result. Rejects with `RegistryError`: it has ended meanwhile (409), the
 * body is no promotion (400), one of the two could not be asked (422, 503).
 */
export async function receiveReproduced(
  { db, studies, uploads }: Place,
  machineId: string,
  { reproductionId }: ReproducedBundle,
  body: Uint8Array,
): Promise<void> {
  const [row] = await db
    .select({ artifact: modelVersions.artifact, example: modelVersions.example, data: modelVersions.data })
    .from(reproductions)
    .innerJoin(modelVersions, eq(modelVersions.id, reproductions.versionId))
    .where(runsOn(machineId, reproductionId))
  if (!row) throw new RegistryError(409, 'ended', `the reproduction has ended: ${reproductionId}`)
  const { request, bundle } = decode(body)
  const { artifact, example, data } = row
  const records = [...(example ? [example.record] : []), ...request.selfTest.records]
  if (records.length === 0)
    throw new RegistryError(
      422,
      'no_records',
      'it was promoted without data: there is no record to compare by',
    )
  const fresh = await uploads.put(bundle)
  const ask = async (name: string, from?: 'uploads') =>
    (await studies.ask({ type: 'predict', artifact: name, from, records })).predictions
  const before = await ask(artifact)
  const after = await ask(fresh.name, 'uploads')
  const measured = measureDifference(before, after)
  const equal = measured.differing === 0
  const was = new Map(data?.map(({ name, sha256 }) => [name, sha256]))
  const changed = (request.files ?? [])
    .filter(({ name, sha256 }) => was.has(name) && was.get(name) !== sha256)
    .map(({ name }) => name)
  await db
    .update(reproductions)
    .set({
      ...measured,
      state: equal ? 'equal' : 'different',
      note: equal ? 'the predictions are the same' : 'the predictions differ',
      ...(changed.length > 0 && { changed: [...new Set(changed)] }),
      heardAt: new Date(),
      endedAt: new Date(),
    })
    .where(runsOn(machineId, reproductionId))
}

function decode(body: Uint8Array) {
  try {
    return decodePromotionBody(body)
  } catch (cause) {
    throw new RegistryError(400, 'bad_promotion', `the promotion cannot be read: ${(cause as Error).message}`)
  }
}
