import type { StudyJob, StudyReply } from '../protocol/study'
import { openStudyQueue } from '../queues'
import { askWorkers } from './ask-workers'
import { RegistryError } from './registry'

/** Longer than loading a large model and having Python write it takes. */
const studyMs = 11 * 60_000

/** Has workers look into artifacts. */
export type Studies = {
  /** Rejects with `RegistryError`: what was asked cannot be (422), no worker answered in time (503). */
  ask<T extends StudyJob['type']>(
    job: Extract<StudyJob, { type: T }>,
    onStage?: (stage: string) => void,
  ): Promise<Extract<StudyReply, { ok: true; type: T }>>
}

/** Asks the workers over the queue `study`. Close it with the process. */
export function createStudies(redisUrl: string): Studies & { close(): Promise<void> } {
  const { ask, close } = askWorkers<StudyJob, StudyReply>(redisUrl, openStudyQueue, {
    what: 'version',
    timeoutMs: studyMs,
  })
  return {
    async ask(job, onStage) {
      const reply = await ask(job, onStage).catch((cause: Error) => {
        throw new RegistryError(503, 'no_worker', cause.message)
      })
      if (!reply.ok) throw new RegistryError(422, `no_${job.type}`, reply.reason)
      return reply as Extract<StudyReply, { ok: true; type: typeof job.type }> as never
    },
    close,
  }
}

const shared = globalThis as typeof globalThis & { cellarStudies?: Studies }

/** Sets the studies of this process, for its routes. */
export function setStudies(studies: Studies) {
  shared.cellarStudies = studies
}

/** The studies of the web process. */
export function processStudies(): Studies {
  if (!shared.cellarStudies) throw new Error('no studies in this process: only web has them')
  return shared.cellarStudies
}
