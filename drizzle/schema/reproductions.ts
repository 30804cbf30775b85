import { sql } from 'drizzle-orm'
import {
  doublePrecision,
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
import { reproductionStates } from '../../lib/protocol/reproduction'
import { machines, modelVersions, users } from '../schema'

export const reproductionState = pgEnum('reproduction_state', reproductionStates)

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
    /** How many of them were not the same. */
    differing: integer('differing'),
    /** Names of the data that is not what it was. */
    changed: json('changed').$type<string[]>().notNull().default([]),
    /** Of the cell that failed. */
    trace: text('trace'),
    /** Which machine runs it, and when it was last heard of. */
    machineId: uuid('machine_id').references(() => machines.id, { onDelete: 'set null' }),
    heardAt: timestamp('heard_at', { withTimezone: true }).notNull().defaultNow(),
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
