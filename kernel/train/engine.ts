import type { TrainingProgress } from '../../lib/protocol/training'
import type { TrainingCandidate } from '../../lib/protocol/training-candidate'
import type { TrainingResult } from '../../lib/protocol/training-result'
import type { ClaimedTraining } from '../../lib/training/claim'

/** What an engine tells while it works. */
export type Telling = {
  progress(progress: TrainingProgress): void
  /** A point of a curve. */
  point(name: string, step: number, value: number): void
  log(line: string): void
  /** Keeps what a Spark server knows it as; to be awaited before it is begun there. */
  sparkIds(ids: { sessionId: string; operationId: string }): Promise<void>
}

export type EngineResult = {
  /** A trained model (`lib/training/artifact`). */
  artifact: Uint8Array
  result: TrainingResult
  candidate: TrainingCandidate
}

/**
 * Trains. Rejects with `TrainingError` where the data or the wish allow no model, with `EngineLost` where it may be begun
 * again, and at once when `signal` is aborted.
 */
export type Engine = {
  /** At once in one trainer. */
  concurrency: number
  run(training: ClaimedTraining, tell: Telling, signal: AbortSignal): Promise<EngineResult>
}

/** What worked at it is gone, which says nothing about the training. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost'
}
