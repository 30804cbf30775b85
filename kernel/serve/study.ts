import type { ArtifactStore } from '../../lib/artifacts'
import type { ExportedModel, ModelFormat, StudyJob, StudyReply } from '../../lib/protocol/study'
import { type ModelChild, ModelDied } from './model-child'

export type StudyPlace = {
  artifacts: Pick<ArtifactStore, 'get'>
  /** Where exported files go. */
  uploads: Pick<ArtifactStore, 'put'>
  /** Starts a process that holds an artifact. */
  start(artifact: string, from?: 'uploads'): Promise<ModelChild>
  /** Writes an artifact's model in a process of its own. */
  exportModel(artifact: Uint8Array, format: ModelFormat): Promise<ExportedModel>
}

/** Finds out what web wants to know of an artifact. Never rejects. */
export async function runStudy(place: StudyPlace, job: StudyJob): Promise<StudyReply> {
  try {
    return await (job.type === 'export' ? exportFile(place, job) : predictions(place, job))
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

async function exportFile(
  { artifacts, uploads, exportModel }: StudyPlace,
  { artifact, format }: Extract<StudyJob, { type: 'export' }>,
): Promise<StudyReply> {
  const { data, note } = await exportModel(await artifacts.get(artifact), format)
  return { ok: true, type: 'export', file: await uploads.put(data), note }
}

async function predictions(
  { start }: StudyPlace,
  { artifact, from, records }: Extract<StudyJob, { type: 'predict' }>,
): Promise<StudyReply> {
  const child = await start(artifact, from)
  try {
    const reply = await child.predict(records)
    if (reply instanceof ModelDied || reply.type === 'error') return { ok: false, reason: reply.message }
    return { ok: true, type: 'predict', predictions: reply.predictions }
  } finally {
    child.kill()
  }
}
