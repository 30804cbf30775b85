import { type ArtifactStore, localArtifacts, uploadsFolder } from '../../artifacts'
import type { ImportJob, ImportReply } from '../../protocol/imported-model'
import { openImportQueue } from '../../queues'
import { askWorkers } from '../ask-workers'

/** Longer than loading a large model twice takes. */
const importMs = 150_000

/** What making a version of uploaded files needs beside the registry. */
export type Importer = {
  /** Where uploaded files wait. */
  uploads: ArtifactStore
  /** Has a worker look for a model in files. Rejects when none answers in time. */
  importModel(job: ImportJob): Promise<ImportReply>
}

/** Asks the workers over the queue `import`. Close it with the process. */
export function createImporter(
  redisUrl: string,
  artifactsDir: string,
): Importer & { close(): Promise<void> } {
  const { ask, close } = askWorkers(redisUrl, openImportQueue, {
    what: 'uploaded files',
    timeoutMs: importMs,
  })
  return { uploads: localArtifacts(uploadsFolder(artifactsDir)), importModel: ask, close }
}

const shared = globalThis as typeof globalThis & { cellarImporter?: Importer }

/** Sets the importer of this process, for its routes. */
export function setImporter(importer: Importer) {
  shared.cellarImporter = importer
}

/** The importer of the web process. */
export function processImporter(): Importer {
  if (!shared.cellarImporter) throw new Error('no importer in this process: only web has one')
  return shared.cellarImporter
}
