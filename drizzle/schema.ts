import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RevisionContent } from '../lib/notebook/revision-content'
import type { AbOutcome, AbVariant } from '../lib/protocol/abtests'
import type { KernelEvent } from '../lib/protocol/events'
import type { ReadData } from '../lib/protocol/read-data'
import type { RecordSchema } from '../lib/protocol/schema'
import { tokenScopes } from '../lib/protocol/token-scope'
import type { VersionSource } from '../lib/protocol/version-source'
import { versionStates, versionStatuses } from '../lib/protocol/version-status'

/** drizzle has no bytea of its own. */
const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
})

const id = () => uuid('id').primaryKey().defaultRandom()
const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow()

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** argon2id, in its own string form. */
    passwordHash: text('password_hash').notNull(),
    /** Raised to end every session of the person at once; checked on each request and handshake. */
    sessionVersion: integer('session_version').notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('users_email_key').on(sql`lower(${t.email})`)],
)

export const workspaceKind = pgEnum('workspace_kind', ['personal', 'team'])
export const role = pgEnum('role', ['owner', 'editor', 'viewer'])

/** Everything owned belongs to one of these. */
export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text('name').notNull(),
  kind: workspaceKind('kind').notNull(),
  createdAt: createdAt(),
})

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: role('role').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('memberships_user').on(t.userId)],
)

/** Keys by which applications call endpoints; shown once, stored hashed. */
export const tokenScope = pgEnum('token_scope', tokenScopes)

export const apiTokens = pgTable(
  'api_tokens',
  {
    /** The public half: `cellar_<id>_<secret>`. */
    id: text('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    scope: tokenScope('scope').notNull().default('read'),
    /** SHA-256 of the secret half; the secret has 256 random bits, so no slow hash is needed. */
    secretHash: bytea('secret_hash').notNull(),
    createdAt: createdAt(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [index('api_tokens_workspace').on(t.workspaceId)],
)

/** Folders of a workspace's notebooks, one inside of another. */
export const folders = pgTable(
  'folders',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The folder it lies in; null at the top. */
    parentId: uuid('parent_id').references((): AnyPgColumn => folders.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique('folders_name').on(t.workspaceId, t.parentId, t.name).nullsNotDistinct()],
)

export const notebooks = pgTable(
  'notebooks',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The folder it lies in; null at the top. */
    folderId: uuid('folder_id').references(() => folders.id, { onDelete: 'set null' }),
    title: text('title').notNull(),
    /** File name of the example it was copied from, such as `iris-clusters.ts`. */
    example: text('example'),
    /** Text of the file it was made from: what nobody edited is exported byte for byte. */
    file: text('file'),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    /** When it was put into the trash; nobody can open it from then on. */
    trashedAt: timestamp('trashed_at', { withTimezone: true }),
  },
  (t) => [index('notebooks_workspace').on(t.workspaceId)],
)

/** The cells as they are now, for searching: a copy of the document that follows it within seconds. */
export const notebookCells = pgTable(
  'notebook_cells',
  {
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    cellId: text('cell_id').notNull(),
    /** Place on the page, from 0. */
    position: integer('position').notNull(),
    source: text('source').notNull(),
  },
  // A migration adds an index of the sources' trigrams where PostgreSQL has the extension.
  (t) => [primaryKey({ columns: [t.notebookId, t.cellId] })],
)

/** What revisions hold. Revisions of a notebook that read alike share one. */
export const revisionContents = pgTable(
  'revision_contents',
  {
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    /** SHA-256 of the content as JSON. */
    hash: bytea('hash').notNull(),
    content: json('content').$type<RevisionContent>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.notebookId, t.hash] })],
)

/** Why a revision was kept: its notebook was made, cells ran, edits rested, a person named or restored one. */
export const revisionReason = pgEnum('revision_reason', ['created', 'run', 'idle', 'named', 'restore'])

/** The history of a notebook. */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    hash: bytea('hash').notNull(),
    /** Of the Yjs document at that moment. */
    stateVector: bytea('state_vector').notNull(),
    reason: revisionReason('reason').notNull(),
    /** Given by a person; a revision with a name is kept for good. */
    name: text('name'),
    /** With `restore`: the revision that was brought back. */
    restoredFrom: uuid('restored_from').references((): AnyPgColumn => revisions.id, { onDelete: 'set null' }),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('revisions_notebook').on(t.notebookId, t.createdAt.desc()),
    foreignKey({
      columns: [t.notebookId, t.hash],
      foreignColumns: [revisionContents.notebookId, revisionContents.hash],
      name: 'revisions_content',
    }).onDelete('cascade'),
  ],
)

/** The document: Yjs updates in order of commit. Compaction replaces many rows by one, in one transaction. */
export const documentUpdates = pgTable(
  'document_updates',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    notebookId: uuid('notebook_id')
      .notNull()
      .references(() => notebooks.id, { onDelete: 'cascade' }),
    data: bytea('data').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [index('document_updates_notebook').on(t.notebookId, t.seq)],
)

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

/** Versions of an endpoint that share its requests, to find out which is better. */
export const abTests = pgTable(
  'ab_tests',
  {
    id: id(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    /** The version in production first: it stays unless another wins. */
    variants: jsonb('variants').$type<AbVariant[]>().notNull(),
    /** Requests with the same value of this header go to the same version. */
    stickyHeader: text('sticky_header').notNull(),
    /** Labels that each version needs before one can win. */
    minLabels: integer('min_labels').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by').references(() => users.id, { onDelete: 'set null' }),
    /** What was found when it ended. */
    outcome: jsonb('outcome').$type<AbOutcome>(),
  },
  (t) => [
    index('ab_tests_endpoint').on(t.endpointId, t.createdAt.desc()),
    uniqueIndex('ab_tests_running').on(t.endpointId).where(sql`${t.endedAt} is null`),
  ],
)

/** What turned out to be true of a prediction, by its request; the last word counts. */
export const feedback = pgTable(
  'feedback',
  {
    requestId: uuid('request_id').primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    truth: json('truth').notNull(),
    /** Whether the prediction says the same. */
    right: boolean('right').notNull(),
    tokenId: text('token_id'),
    createdAt: createdAt(),
    /** When a later word replaced the first. */
    changedAt: timestamp('changed_at', { withTimezone: true }),
  },
  (t) => [
    index('feedback_endpoint').on(t.endpointId, t.createdAt),
    index('feedback_changed').on(t.endpointId, t.changedAt).where(sql`${t.changedAt} is not null`),
  ],
)

/** What cells may use and nobody may read: sealed with the installation's key (`lib/secrets/cipher`). */
export const secrets = pgTable(
  'secrets',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Null: for every notebook of the workspace. */
    notebookId: uuid('notebook_id').references(() => notebooks.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Which key sealed it. */
    keyId: text('key_id').notNull(),
    nonce: bytea('nonce').notNull(),
    ciphertext: bytea('ciphertext').notNull(),
    updatedBy: uuid('updated_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [unique('secrets_name').on(t.workspaceId, t.notebookId, t.name).nullsNotDistinct()],
)

/** Every answered prediction, written in batches within a second of its answer. */
export const predictions = pgTable(
  'predictions',
  {
    requestId: uuid('request_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    versionId: uuid('version_id').notNull(),
    version: text('version').notNull(),
    tokenId: text('token_id'),
    /** HTTP status of the answer. */
    status: integer('status').notNull(),
    records: integer('records').notNull(),
    /** Milliseconds from the first byte of the request to its answer. */
    latencyMs: doublePrecision('latency_ms').notNull(),
    /** Of these, waiting at the gateway for company. */
    batchWaitMs: doublePrecision('batch_wait_ms'),
    /** Of these, on the way to a worker and back, and waiting for the model child. */
    queueMs: doublePrecision('queue_ms'),
    /** Of these, inside the model child. */
    modelMs: doublePrecision('model_ms'),
    /** Requests that shared the model call. */
    batchRequests: integer('batch_requests'),
    input: json('input'),
    output: json('output'),
    error: text('error'),
    /** Whether input or output was too large to keep (over 64 KiB as JSON). */
    truncated: boolean('truncated').notNull().default(false),
    /** Whether it is among those whose input and output are kept (`log_settings`). */
    sampled: boolean('sampled').notNull().default(true),
    /** The test that chose its version. */
    abTestId: uuid('ab_test_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('predictions_endpoint').on(t.endpointId, t.createdAt.desc()),
    index('predictions_ab_test').on(t.abTestId).where(sql`${t.abTestId} is not null`),
  ],
)
