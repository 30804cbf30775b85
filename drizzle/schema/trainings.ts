import {
  bigint,
  index,
  integer,
  json,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  type Curves,
  type TrainingProgress,
  trainingEngines,
  trainingStates,
} from '../../lib/protocol/training'
import type { TrainingCandidate } from '../../lib/protocol/training-candidate'
import type { TrainingResult } from '../../lib/protocol/training-result'
import { users, workspaces } from '../schema'
import { datasetVersions } from './datasets'

const time = (name: string) => timestamp(name, { withTimezone: true })

export const trainingState = pgEnum('training_state', trainingStates)
export const trainingEngine = pgEnum('training_engine', trainingEngines)

/** A model that is being trained, or was. The row is all that a training is: whoever holds its lease works at it. */
export const trainings = pgTable(
  'trainings',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Null once the data set is deleted for good: what it was is still said by the next three. */
    datasetVersionId: uuid('dataset_version_id').references(() => datasetVersions.id, {
      onDelete: 'set null',
    }),
    datasetName: text('dataset_name').notNull(),
    datasetNumber: integer('dataset_number').notNull(),
    datasetHash: text('dataset_hash').notNull(),
    engine: trainingEngine('engine').notNull(),
    algorithm: text('algorithm').notNull(),
    features: json('features').$type<string[]>().notNull(),
    target: text('target'),
    parameters: json('parameters').$type<Record<string, number | string | boolean>>().notNull(),
    state: trainingState('state').notNull().default('queued'),
    progress: json('progress').$type<TrainingProgress>(),
    curves: json('curves').$type<Curves>().notNull().default({}),
    log: text('log').notNull().default(''),
    error: text('error'),
    result: json('result').$type<TrainingResult>(),
    /** What a version of it needs beside the model. */
    candidate: json('candidate').$type<TrainingCandidate>(),
    artifact: text('artifact'),
    artifactBytes: bigint('artifact_bytes', { mode: 'number' }),
    /** Of Spark Connect: a training that outlives its trainer is found again by them. */
    sparkSessionId: text('spark_session_id'),
    sparkOperationId: text('spark_operation_id'),
    /** Who works at it, and until when it is theirs without another word. */
    runner: uuid('runner'),
    leaseUntil: time('lease_until'),
    /** How often somebody has begun with it. */
    attempts: integer('attempts').notNull().default(0),
    startedBy: uuid('started_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: time('created_at').notNull().defaultNow(),
    startedAt: time('started_at'),
    endedAt: time('ended_at'),
    /** The same wish of the same workspace, sent again. */
    idempotencyKey: text('idempotency_key'),
  },
  (t) => [
    index('trainings_workspace').on(t.workspaceId, t.createdAt.desc()),
    index('trainings_open').on(t.state, t.createdAt),
    index('trainings_dataset_version').on(t.datasetVersionId),
    uniqueIndex('trainings_idempotency').on(t.workspaceId, t.idempotencyKey),
  ],
)
