import type { ArtifactStore } from '../../lib/artifacts'
import {
  type Converters,
  type ExportedModel,
  isPythonFormat,
  type ModelFormat,
  type PythonFormat,
  type StudyJob,
  type StudyReply,
} from '../../lib/protocol/study'
import { type ModelChild, ModelDied } from './model-child'

export type StudyPlace = {
  artifacts: Pick<ArtifactStore, 'get'>
  /** Where exported files go. */
  uploads: Pick<ArtifactStore, 'put'>
  /** Starts a process that holds an artifact. */
  start(artifact: string, from?: 'uploads'): Promise<ModelChild>
  /** Writes an artifact's model in a process of its own. */
  exportModel(artifact: Uint8Array, format: ModelFormat): Promise<ExportedModel>
  /** Has Python write a Keras file in another format. */
  convert(keras: Uint8Array, format: PythonFormat, onStage: (stage: string) => void): Promise<Uint8Array>
  converters(): Promise<Converters | null>
}

/** Finds out what web wants to know of an artifact. Never rejects. */
export async function runStudy(
  place: StudyPlace,
  job: StudyJob,
  onStage: (stage: string) => void = () => {},
): Promise<StudyReply> {
  try {
    switch (job.type) {
      case 'export':
        return await exportFile(place, job, onStage)
      case 'predict':
        return await predictions(place, job)
      case 'converters':
        return { ok: true, type: 'converters', converters: await place.converters() }
    }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

async function exportFile(
  { artifacts, uploads, exportModel, convert }: StudyPlace,
  { artifact, format }: Extract<StudyJob, { type: 'export' }>,
  onStage: (stage: string) => void,
): Promise<StudyReply> {
  const stored = await artifacts.get(artifact)
  if (isPythonFormat(format)) {
    onStage('writes the Keras file')
    const keras = await exportModel(stored, 'keras')
    const data = await convert(keras.data, format, onStage)
    return { ok: true, type: 'export', file: await uploads.put(data), note: keras.note }
  }
  const { data, note } = await exportModel(stored, format)
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
