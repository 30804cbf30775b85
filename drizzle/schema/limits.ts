import { doublePrecision, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { apiTokens, endpoints } from '../schema'

/** How much an endpoint takes on at once. Null, like no row, leaves it to the installation. */
export const endpointLimits = pgTable('endpoint_limits', {
  endpointId: uuid('endpoint_id')
    .primaryKey()
    .references(() => endpoints.id, { onDelete: 'cascade' }),
  /** Records in one call of the model. */
  batchSize: integer('batch_size'),
  /** Requests of one version that wait, before others are refused. */
  maxWaiting: integer('max_waiting'),
  /** From a request to its answer, milliseconds. */
  deadlineMs: integer('deadline_ms'),
  /** Calls of one version's model at once, each in a process of its own. */
  concurrency: integer('concurrency'),
})

/** How many requests an API key may send; without a row, as many as are taken on. */
export const tokenRates = pgTable('token_rates', {
  tokenId: text('token_id')
    .primaryKey()
    .references(() => apiTokens.id, { onDelete: 'cascade' }),
  perSecond: doublePrecision('per_second').notNull(),
  /** Requests that may come at once, after a time without any. */
  burst: integer('burst').notNull(),
})
