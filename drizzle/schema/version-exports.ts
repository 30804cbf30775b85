import { bigint, index, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { pythonFormats } from '../../lib/protocol/study'
import { modelVersions, users } from '../schema'

export const exportFormat = pgEnum('export_format', pythonFormats)
export const exportState = pgEnum('export_state', ['running', 'done', 'failed'])

/** A version's model, written by Python's converters, which takes minutes. */
export const versionExports = pgTable(
  'version_exports',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => modelVersions.id, { onDelete: 'cascade' }),
    format: exportFormat('format').notNull(),
    state: exportState('state').notNull().default('running'),
    /** What is being done, or why it failed. */
    note: text('note').notNull().default(''),
    /** In the store of uploads, which is emptied after a day. */
    artifact: text('artifact'),
    bytes: bigint('bytes', { mode: 'number' }),
    startedBy: uuid('started_by').references(() => users.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [index('version_exports_version').on(t.versionId, t.startedAt.desc())],
)
