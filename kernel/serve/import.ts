import type { ArtifactStore } from '../../lib/artifacts'
import {
  type ImportJob,
  type ImportReply,
  type ImportReport,
  importedMark,
  type ModelFile,
} from '../../lib/protocol/imported-model'

export type ImportPlace = {
  /** Where uploaded files are. */
  uploads: Pick<ArtifactStore, 'get'>
  /** Where versions' artifacts are. */
  artifacts: Pick<ArtifactStore, 'put'>
  /** Looks for the model in a process of its own. */
  start(
    files: ModelFile[],
    job: Pick<ImportJob, 'naming' | 'records'>,
  ): Promise<{ report: ImportReport; model: Uint8Array }>
}

/** Finds out what model uploaded files hold, and keeps it as an artifact where that is wanted. Never rejects. */
export async function runImport(place: ImportPlace, job: ImportJob): Promise<ImportReply> {
  try {
    const files = await Promise.all(
      job.files.map(async ({ name, artifact }) => ({ path: name, data: await place.uploads.get(artifact) })),
    )
    const { report, model } = await place.start(files, job)
    const artifact = job.keep ? await place.artifacts.put(marked(model)) : null
    return { ok: true, report, artifact }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

async function* marked(model: Uint8Array) {
  yield importedMark
  yield model
}
