import { sql } from 'drizzle-orm'
import {
  doublePrecision,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { modelVersions, users } from '../schema'

/**
 * `equal`: all predictions agree within 1e-6. `different`: they do not. `failed`: the cells did not run, or what they
 * promoted could not be asked.
 */
export const reproductionState = pgEnum('reproduction_state', ['running', 'equal', 'different', 'failed'])

/** A version's cells, run again in a fresh kernel, and what came of it. */
export const reproductions = pgTable(
  'reproductions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => modelVersions.id, { onDelete: 'cascade' }),
    state: reproductionState('state').notNull().default('running'),
    /** What is being done, or what was found, as a sentence. */
    note: text('note').notNull().default(''),
    /** Cells that have run, of how many. */
    cellsDone: integer('cells_done').notNull().default(0),
    cells: integer('cells').notNull(),
    /** Records whose predictions were compared. */
    records: integer('records'),
    /** The largest absolute difference of two numbers among them. */
    maxDifference: doublePrecision('max_difference'),
    startedBy: uuid('started_by').references(() => users.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    index('reproductions_version').on(t.versionId, t.startedAt.desc()),
    // One at a time: a second press finds the first.
    uniqueIndex('reproductions_running').on(t.versionId).where(sql`${t.state} = 'running'`),
  ],
)
