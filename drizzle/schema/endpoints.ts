import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  index,
  json,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ReadData } from '../../lib/protocol/read-data'
import type { RecordSchema } from '../../lib/protocol/schema'
import type { VersionSource } from '../../lib/protocol/version-source'
import { versionStates, versionStatuses } from '../../lib/protocol/version-status'
import { bytea, createdAt, id } from './columns'
import { notebooks, revisions } from './notebooks'
import { users, workspaces } from './people'

export const endpoints = pgTable(
  'endpoints',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    /** When somebody deleted it. Its name is free from then on: it has one that nobody can call (`lib/registry/delete`). */
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (t) => [unique('endpoints_name').on(t.workspaceId, t.name)],
)

export const versionStatus = pgEnum('version_status', versionStatuses)

/**
 * `checking` until the self-test passed in a fresh model child; only `ready` versions can be called. The row of a deleted
 * one stays: what was in production at a moment, and which version gave an answer, is known for good.
 */
export const versionState = pgEnum('version_state', versionStates)

export const modelVersions = pgTable(
  'model_versions',
  {
    id: id(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    /** Semantic: `1.0.0`, then `1.0.1`, … */
    version: text('version').notNull(),
    status: versionStatus('status').notNull().default('testing'),
    state: versionState('state').notNull().default('checking'),
    /** Why it was rejected, as a sentence. */
    rejection: text('rejection'),
    notebookId: uuid('notebook_id').references(() => notebooks.id, { onDelete: 'set null' }),
    cellId: text('cell_id'),
    /** The promoted cell's text, as it ran. */
    cellSource: text('cell_source'),
    /** The promoted name; empty for an expression, null where that is not known. */
    variable: text('variable'),
    /** Files that cells of its kernel had read. */
    data: jsonb('data').$type<ReadData[]>(),
    /** Yjs state vector of the document when the cell ran. */
    stateVector: bytea('state_vector'),
    /** The newest revision of the notebook that holds the cell as it ran. */
    revisionId: uuid('revision_id').references(() => revisions.id, { onDelete: 'set null' }),
    /** The run that its cell recorded; the row may come after this one. */
    runId: uuid('run_id'),
    /** Where it came from, where that is no cell. */
    source: jsonb('source').$type<VersionSource>(),
    /** Name in the artifact store: the SHA-256 of the bundle in hex. */
    artifact: text('artifact').notNull(),
    artifactBytes: bigint('artifact_bytes', { mode: 'number' }).notNull(),
    // `json` keeps the order of an object's fields, `jsonb` does not: forms and snippets show them as the data had them.
    schema: json('schema').$type<RecordSchema>().notNull(),
    /** One record and the cell's own prediction for it. */
    example: json('example').$type<{ record: unknown; prediction: unknown }>(),
    /** Records compared in the self-test and the largest absolute difference of a number in them. */
    selfTest: jsonb('self_test').$type<{ records: number; maxDifference: number }>(),
    /** Node, backend and package versions it was made with. */
    environment: jsonb('environment').$type<Record<string, string>>().notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
    deletedBy: uuid('deleted_by').references(() => users.id, { onDelete: 'set null' }),
  },
  (t) => [
    unique('model_versions_version').on(t.endpointId, t.version),
    // The database itself refuses a second production version.
    uniqueIndex('model_versions_production').on(t.endpointId).where(sql`${t.status} = 'production'`),
  ],
)

/** Which status a version took when: what answered at any moment can be said from these rows. */
export const statusChanges = pgTable(
  'status_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    versionId: uuid('version_id')
      .notNull()
      .references(() => modelVersions.id, { onDelete: 'cascade' }),
    from: versionStatus('from').notNull(),
    to: versionStatus('to').notNull(),
    /** Who asked for it. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** Why, in a person's words or Cellar's. */
    reason: text('reason').notNull().default(''),
    /** Of the row's own moment within its transaction: changes of one endpoint follow one another. */
    at: timestamp('at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index('status_changes_endpoint').on(t.endpointId, t.at.desc())],
)
