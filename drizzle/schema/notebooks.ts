import {
  type AnyPgColumn,
  bigserial,
  foreignKey,
  index,
  integer,
  json,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RevisionContent } from '../../lib/notebook/revision-content'
import { bytea, createdAt, id } from './columns'
import { users, workspaces } from './people'

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
