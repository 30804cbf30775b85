import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { KernelEvent } from '../../lib/protocol/events'
import { bytea, createdAt, id } from './columns'
import { notebooks } from './notebooks'

/** A machine that runs kernels: its `host` process signs in with a token. */
export const machines = pgTable('machines', {
  id: id(),
  name: text('name').notNull().unique(),
  tokenHash: bytea('token_hash').notNull(),
  createdAt: createdAt(),
  lastSeenAt: timestamp('last_seen_at', { withTimezone: true }),
})

/** One life of a notebook's kernel. A restart begins a new epoch; epochs of a notebook count from 1. */
export const kernelSessions = pgTable(
  'kernel_sessions',
  {
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    epoch: integer('epoch').notNull(),
    machineId: uuid('machine_id').references(() => machines.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endReason: text('end_reason'),
  },
  (t) => [primaryKey({ columns: [t.notebookId, t.epoch] })],
)

/** What kernels said, as it came from the host. The next execution of a cell deletes the events of its last one. */
export const kernelEvents = pgTable(
  'kernel_events',
  {
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    cellId: text('cell_id'),
    executionId: text('execution_id'),
    /** Size of the event as JSON, to keep a cell within its limit without reading it. */
    bytes: integer('bytes').notNull(),
    event: jsonb('event').$type<KernelEvent>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.notebookId, t.epoch, t.seq] }),
    index('kernel_events_cell').on(t.notebookId, t.cellId),
  ],
)
