import type { Curves, TrainingProgress } from '../../../lib/protocol/training'
import type { TrainingCandidate } from '../../../lib/protocol/training-candidate'
import type { TrainingResult } from '../../../lib/protocol/training-result'
import type { FileTask } from '../prepare'
import type { JobPart, SparkAnswer, SparkJob } from '../spark/job'

/** What the training process is told, over Node IPC with `advanced` serialization. */
export type TrainRequest = FileTask & {
  /** Whether Spark learns: the process asks its trainer to have it do so. */
  onSpark?: boolean
  /** More than so many bytes of numbers are not held, but read part by part, where Spark learns. */
  largeBytes?: number
}

/** The trainer's replies to `learn`: it asks for the next rows as often as it needs them, then answers. */
export type LearnReply = { n: number } & (
  | { wants: 'part' }
  | { answer: SparkAnswer }
  | { error: { name: string; message: string } }
)

/** What it says; the last of them is `done` or `failed`. */
export type TrainReply =
  | { type: 'news'; progress: TrainingProgress | null; points: Curves; lines: string[] }
  | { type: 'done'; artifact: Uint8Array; result: TrainingResult; candidate: TrainingCandidate }
  | { type: 'failed'; message: string; lost?: boolean }
  | { type: 'learn'; n: number; job: SparkJob }
  /** Rows that were asked for; null after the last. */
  | { type: 'part'; n: number; part: JobPart | null }
