import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  json,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { type DatasetColumn, versionOrigins } from '../../lib/protocol/dataset'
import { modelVersions, notebooks, users, workspaces } from '../schema'

const time = (name: string) => timestamp(name, { withTimezone: true })
const count = (name: string) => bigint(name, { mode: 'number' })

/** Tables that people keep under a name; what they hold are versions. */
export const datasets = pgTable(
  'datasets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    /** Number of the newest version. */
    head: integer('head').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
    /** Since when it is in the trash, where it gives its name away. */
    trashedAt: time('trashed_at'),
  },
  (t) => [uniqueIndex('datasets_name').on(t.workspaceId, t.name).where(sql`${t.trashedAt} is null`)],
)

export const datasetOrigin = pgEnum('dataset_origin', versionOrigins)

/** What a data set was at one time. A row never changes. */
export const datasetVersions = pgTable(
  'dataset_versions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    datasetId: uuid('dataset_id')
      .notNull()
      .references(() => datasets.id, { onDelete: 'cascade' }),
    /** 1, 2, … */
    number: integer('number').notNull(),
    /** Number of the version that it was made from. */
    parent: integer('parent'),
    /** Of its content (`lib/datasets/hash`): versions that hold the same have the same. */
    hash: text('hash').notNull(),
    /** Artifact: a Parquet file with `__row` as its first column. */
    base: text('base').notNull(),
    /** Artifact: rows that differ from the base, with `__row` and `__deleted`; null where none does. */
    changes: text('changes'),
    columns: json('columns').$type<DatasetColumn[]>().notNull(),
    rows: count('rows').notNull(),
    /** Identity of the next new row, so that none of a deleted row comes again; null: they are numbered from 0 without gaps. */
    nextRow: count('next_row'),
    /** Of both files. */
    bytes: count('bytes').notNull(),
    origin: datasetOrigin('origin').notNull(),
    message: text('message').notNull().default(''),
    rowsAdded: count('rows_added').notNull(),
    rowsChanged: count('rows_changed').notNull(),
    rowsDeleted: count('rows_deleted').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (t) => [
    unique('dataset_versions_number').on(t.datasetId, t.number),
    index('dataset_versions_base').on(t.base),
  ],
)

/** What has read which version. What is not null says who it was. */
export const datasetReads = pgTable(
  'dataset_reads',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersions.id, { onDelete: 'cascade' }),
    notebookId: uuid('notebook_id').references(() => notebooks.id, { onDelete: 'cascade' }),
    cellId: text('cell_id'),
    modelVersionId: uuid('model_version_id').references(() => modelVersions.id, { onDelete: 'cascade' }),
    /** An experiment; its row may come after this one. */
    runId: uuid('run_id'),
    trainingId: uuid('training_id'),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('dataset_reads_version').on(t.datasetVersionId, t.createdAt.desc()),
    index('dataset_reads_notebook').on(t.notebookId),
    index('dataset_reads_model_version').on(t.modelVersionId),
  ],
)

/** The data sets that each workspace is given, as this installation has imported them. */
export const exampleDatasets = pgTable('example_datasets', {
  name: text('name').primaryKey(),
  /** Of the files and of how they are read: another one is imported anew. */
  source: text('source').notNull(),
  description: text('description').notNull(),
  base: text('base').notNull(),
  columns: json('columns').$type<DatasetColumn[]>().notNull(),
  rows: count('rows').notNull(),
  bytes: count('bytes').notNull(),
})

/** A file that somebody uploaded to make a data set of. It is kept for a day. */
export const datasetUploads = pgTable(
  'dataset_uploads',
  {
    /** Also the name of its file. */
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** As the person's file is called. */
    name: text('name').notNull(),
    bytes: count('bytes').notNull(),
    /** What was made of it. */
    savedVersionId: uuid('saved_version_id').references(() => datasetVersions.id, { onDelete: 'set null' }),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (t) => [index('dataset_uploads_created').on(t.createdAt)],
)

/** Which of them a workspace was given, so that what somebody deletes does not come back. */
export const givenDatasets = pgTable(
  'given_datasets',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
)
