import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { endpoints, modelVersions, users } from '../schema'

/** A version that gets copies of an endpoint's requests and answers nobody. */
export const shadows = pgTable(
  'shadows',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    versionId: uuid('version_id')
      .notNull()
      .references(() => modelVersions.id, { onDelete: 'cascade' }),
    /** Percent of the requests that it gets. */
    share: integer('share').notNull(),
    /** Copies that were let go, so that nobody waits for them. */
    dropped: bigint('dropped', { mode: 'number' }).notNull().default(0),
    startedBy: uuid('started_by').references(() => users.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedBy: uuid('ended_by').references(() => users.id, { onDelete: 'set null' }),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    index('shadows_version').on(t.versionId, t.startedAt.desc()),
    uniqueIndex('shadows_running').on(t.versionId).where(sql`${t.endedAt} is null`),
  ],
)

/** What a shadow answered, beside the request whose copy it got. */
export const shadowPredictions = pgTable(
  'shadow_predictions',
  {
    shadowId: uuid('shadow_id')
      .notNull()
      .references(() => shadows.id, { onDelete: 'cascade' }),
    /** Of `predictions`. */
    requestId: uuid('request_id').notNull(),
    status: integer('status').notNull(),
    /** Milliseconds: in all, and in the model. */
    latencyMs: doublePrecision('latency_ms').notNull(),
    modelMs: doublePrecision('model_ms'),
    /** Of the request that was answered. */
    realStatus: integer('real_status').notNull(),
    realLatencyMs: doublePrecision('real_latency_ms').notNull(),
    records: integer('records').notNull(),
    /** Records for which both decide alike; null where one of the two gave no answer. */
    agreed: integer('agreed'),
    /** The largest absolute difference of two numbers of the answers. */
    difference: doublePrecision('difference'),
    /** Null where it is too long to be kept. */
    output: json('output'),
    error: text('error'),
    /** Whether it was kept by the endpoint's sampling. */
    sampled: boolean('sampled').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.shadowId, t.requestId] }),
    index('shadow_predictions_time').on(t.shadowId, t.createdAt.desc()),
    index('shadow_predictions_request').on(t.requestId),
  ],
)
