import { sql } from 'drizzle-orm'
import {
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AbOutcome, AbVariant } from '../../lib/protocol/abtests'
import { createdAt, id } from './columns'
import { endpoints } from './endpoints'
import { users } from './people'

/** Versions of an endpoint that share its requests, to find out which is better. */
export const abTests = pgTable(
  'ab_tests',
  {
    id: id(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    /** The version in production first: it stays unless another wins. */
    variants: jsonb('variants').$type<AbVariant[]>().notNull(),
    /** Requests with the same value of this header go to the same version. */
    stickyHeader: text('sticky_header').notNull(),
    /** Labels that each version needs before one can win. */
    minLabels: integer('min_labels').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by').references(() => users.id, { onDelete: 'set null' }),
    /** What was found when it ended. */
    outcome: jsonb('outcome').$type<AbOutcome>(),
  },
  (t) => [
    index('ab_tests_endpoint').on(t.endpointId, t.createdAt.desc()),
    uniqueIndex('ab_tests_running').on(t.endpointId).where(sql`${t.endedAt} is null`),
  ],
)

/** What turned out to be true of a prediction, by its request; the last word counts. */
export const feedback = pgTable(
  'feedback',
  {
    requestId: uuid('request_id').primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    truth: json('truth').notNull(),
    /** Whether the prediction says the same. */
    right: boolean('right').notNull(),
    tokenId: text('token_id'),
    createdAt: createdAt(),
    /** When a later word replaced the first. */
    changedAt: timestamp('changed_at', { withTimezone: true }),
  },
  (t) => [
    index('feedback_endpoint').on(t.endpointId, t.createdAt),
    index('feedback_changed').on(t.endpointId, t.changedAt).where(sql`${t.changedAt} is not null`),
  ],
)

/** Every answered prediction, written in batches within a second of its answer. */
export const predictions = pgTable(
  'predictions',
  {
    requestId: uuid('request_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    versionId: uuid('version_id').notNull(),
    version: text('version').notNull(),
    tokenId: text('token_id'),
    /** HTTP status of the answer. */
    status: integer('status').notNull(),
    records: integer('records').notNull(),
    /** Milliseconds from the first byte of the request to its answer. */
    latencyMs: doublePrecision('latency_ms').notNull(),
    /** Of these, waiting at the gateway for company. */
    batchWaitMs: doublePrecision('batch_wait_ms'),
    /** Of these, on the way to a worker and back, and waiting for the model child. */
    queueMs: doublePrecision('queue_ms'),
    /** Of these, inside the model child. */
    modelMs: doublePrecision('model_ms'),
    /** Requests that shared the model call. */
    batchRequests: integer('batch_requests'),
    input: json('input'),
    output: json('output'),
    error: text('error'),
    /** Whether input or output was too large to keep (over 64 KiB as JSON). */
    truncated: boolean('truncated').notNull().default(false),
    /** Whether it is among those whose input and output are kept (`log_settings`). */
    sampled: boolean('sampled').notNull().default(true),
    /** The test that chose its version. */
    abTestId: uuid('ab_test_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('predictions_endpoint').on(t.endpointId, t.createdAt.desc()),
    index('predictions_ab_test').on(t.abTestId).where(sql`${t.abTestId} is not null`),
  ],
)
