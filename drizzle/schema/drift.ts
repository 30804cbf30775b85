import { bigserial, boolean, index, integer, json, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { FieldDrift } from '../../lib/protocol/drift'
import type { Reference } from '../../lib/protocol/reference'
import { endpoints, modelVersions } from '../schema'

/** What the data of a version was like when it was made; apart from the version, because it is large and seldom read. */
export const versionReferences = pgTable('version_references', {
  versionId: uuid('version_id')
    .primaryKey()
    .references(() => modelVersions.id, { onDelete: 'cascade' }),
  reference: json('reference').$type<Reference>().notNull(),
})

/** How a version's newest requests compared with its reference. */
export const driftChecks = pgTable(
  'drift_checks',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    versionId: uuid('version_id')
      .notNull()
      .references(() => modelVersions.id, { onDelete: 'cascade' }),
    version: text('version').notNull(),
    /** Records that were compared, and when the oldest and the newest of them came. */
    records: integer('records').notNull(),
    from: timestamp('from', { withTimezone: true }).notNull(),
    to: timestamp('to', { withTimezone: true }).notNull(),
    drifted: boolean('drifted').notNull(),
    /** Most changed first. */
    fields: json('fields').$type<FieldDrift[]>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('drift_checks_endpoint').on(t.endpointId, t.at.desc()),
    index('drift_checks_version').on(t.versionId, t.at.desc()),
  ],
)
