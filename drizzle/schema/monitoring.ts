import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { endpoints } from '../schema'

/** What the log of an endpoint's requests keeps; without a row, everything for 90 days. */
export const logSettings = pgTable('log_settings', {
  endpointId: uuid('endpoint_id')
    .primaryKey()
    .references(() => endpoints.id, { onDelete: 'cascade' }),
  /** Share of answered requests whose inputs and outputs are kept, 0 to 1; of refused ones they always are. */
  sampleShare: doublePrecision('sample_share').notNull(),
  /** Rows older than this go. */
  retentionDays: integer('retention_days').notNull(),
})

export const rollupResolution = pgEnum('rollup_resolution', ['minute', 'hour'])

/** Counts by bucket (`lib/monitoring/histogram`): what merges by addition. */
type Counts = Record<string, number>
const counts = (name: string) => jsonb(name).$type<Counts>().notNull()

/** In `ab_test_id`: of no test. A primary key takes no null. */
export const noTest = '00000000-0000-0000-0000-000000000000'

/** Figures of an endpoint's requests by time and version, written in one transaction with their log rows. */
export const predictionRollups = pgTable(
  'prediction_rollups',
  {
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    resolution: rollupResolution('resolution').notNull(),
    /** Beginning of the minute or hour. */
    start: timestamp('start', { withTimezone: true }).notNull(),
    versionId: uuid('version_id').notNull(),
    abTestId: uuid('ab_test_id').notNull(),
    version: text('version').notNull(),
    requests: integer('requests').notNull(),
    /** Of these, answered with 500 or more. */
    errors: integer('errors').notNull(),
    /** Of these, answered with 400 to 499. */
    refused: integer('refused').notNull(),
    records: bigint('records', { mode: 'number' }).notNull(),
    /** Milliseconds of requests that were answered with predictions: in all, before the model, in the model. */
    latency: counts('latency'),
    wait: counts('wait'),
    model: counts('model'),
    /** Requests by the number of requests that shared their model call. */
    batches: counts('batches'),
  },
  (t) => [
    primaryKey({
      name: 'prediction_rollups_pk',
      columns: [t.endpointId, t.resolution, t.start, t.versionId, t.abTestId],
    }),
    index('prediction_rollups_ab_test')
      .on(t.abTestId)
      .where(sql`${t.abTestId} <> '00000000-0000-0000-0000-000000000000'`),
  ],
)
