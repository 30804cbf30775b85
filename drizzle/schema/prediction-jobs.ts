import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { batchFormats, jobKinds, jobStates, type RowFailure } from '../../lib/protocol/prediction-jobs'
import { type DeliveryAttempt, deliveryStates } from '../../lib/protocol/webhooks'
import { endpoints, users } from '../schema'

/** drizzle has no bytea of its own. */
const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
})
const time = (name: string) => timestamp(name, { withTimezone: true })

export const jobKind = pgEnum('prediction_job_kind', jobKinds)
export const jobState = pgEnum('prediction_job_state', jobStates)
export const batchFormat = pgEnum('batch_format', batchFormats)

/** Predictions that are asked for now and answered later. What a job has come to stands here and nowhere else. */
export const predictionJobs = pgTable(
  'prediction_jobs',
  {
    /** The id of the request that asked for it. */
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    /** The version that was chosen when it was asked for. */
    versionId: uuid('version_id').notNull(),
    version: text('version').notNull(),
    artifact: text('artifact').notNull(),
    abTestId: uuid('ab_test_id'),
    tokenId: text('token_id'),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    kind: jobKind('kind').notNull(),
    state: jobState('state').notNull().default('queued'),
    /** Of a request: records and predictions as JSON. A batch has files. */
    input: text('input'),
    output: text('output'),
    /** Of a batch: the file's name, and what it holds. */
    name: text('name'),
    format: batchFormat('format'),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Null until they have been counted. */
    rowsTotal: integer('rows_total'),
    rowsDone: integer('rows_done').notNull().default(0),
    /** Of those done, without a prediction. */
    rowsFailed: integer('rows_failed').notNull().default(0),
    /** The first of them. */
    failures: jsonb('failures').$type<RowFailure[]>().notNull().default([]),
    /** How much of the result's file holds the rows done; what follows is written again after a break. */
    resultBytes: bigint('result_bytes', { mode: 'number' }).notNull().default(0),
    /** Why all of it failed, as a sentence. */
    error: text('error'),
    /** Told when it has ended. */
    callbackUrl: text('callback_url'),
    /** The caller's name for the request: asking again with it gives the same job. */
    idempotencyKey: text('idempotency_key'),
    /** SHA-256 of what was asked with that key, in hex. */
    fingerprint: text('fingerprint').notNull(),
    /** Which process works at it, and until when it has said so. */
    runner: uuid('runner'),
    leaseUntil: time('lease_until'),
    createdAt: time('created_at').notNull().defaultNow(),
    startedAt: time('started_at'),
    endedAt: time('ended_at'),
    /** When job and result are removed. */
    expiresAt: time('expires_at'),
  },
  (t) => [
    index('prediction_jobs_endpoint').on(t.endpointId, t.createdAt.desc()),
    index('prediction_jobs_open').on(t.kind, t.createdAt).where(sql`${t.state} in ('queued', 'running')`),
    index('prediction_jobs_expiry').on(t.expiresAt),
    uniqueIndex('prediction_jobs_idempotency')
      .on(t.endpointId, t.idempotencyKey)
      .where(sql`${t.idempotencyKey} is not null`),
  ],
)

/** Where an endpoint's jobs are reported, and the sealed key that signs the reports. */
export const endpointWebhooks = pgTable('endpoint_webhooks', {
  endpointId: uuid('endpoint_id')
    .primaryKey()
    .references(() => endpoints.id, { onDelete: 'cascade' }),
  /** For every job that names no address of its own; null: for those that do only. */
  url: text('url'),
  keyId: text('key_id').notNull(),
  nonce: bytea('nonce').notNull(),
  ciphertext: bytea('ciphertext').notNull(),
  updatedBy: uuid('updated_by').references(() => users.id, { onDelete: 'set null' }),
  updatedAt: time('updated_at').notNull().defaultNow(),
})

export const deliveryState = pgEnum('webhook_delivery_state', deliveryStates)

/** Reports of ended jobs: written with the end itself, sent until the receiver takes them. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    jobId: uuid('job_id')
      .notNull()
      .references(() => predictionJobs.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    state: deliveryState('state').notNull().default('waiting'),
    attempts: jsonb('attempts').$type<DeliveryAttempt[]>().notNull().default([]),
    /** When it is sent next; while it is sent, when another process may take it for lost. */
    nextAt: time('next_at').notNull().defaultNow(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('webhook_deliveries_endpoint').on(t.endpointId, t.createdAt.desc()),
    index('webhook_deliveries_job').on(t.jobId),
    index('webhook_deliveries_due').on(t.nextAt).where(sql`${t.state} = 'waiting'`),
  ],
)
