import { index, json, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { UploadedFile } from '../../lib/protocol/imported-model'
import { users, workspaces } from '../schema'

/** Files of a model that somebody uploaded and has made no version of yet. They are kept for a day. */
export const modelUploads = pgTable(
  'model_uploads',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    files: json('files').$type<UploadedFile[]>().notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('model_uploads_created').on(t.createdAt)],
)
