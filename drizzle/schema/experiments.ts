import {
  bigint,
  doublePrecision,
  index,
  integer,
  json,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { MetricSummary } from '../../lib/protocol/runs'
import type { TrackedParam } from '../../lib/protocol/tracking'
import { notebooks, revisions, users, workspaces } from '../schema'

export const runState = pgEnum('run_state', ['running', 'done', 'failed', 'interrupted'])

/** Experiments that cells recorded with `track`. */
export const runs = pgTable(
  'runs',
  {
    /** Given by the kernel, so that what is delivered twice is known. */
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    notebookId: uuid('notebook_id').references(() => notebooks.id, { onDelete: 'set null' }),
    /** The newest revision of the notebook that holds the cell as it ran. */
    revisionId: uuid('revision_id').references(() => revisions.id, { onDelete: 'set null' }),
    /** The life of the kernel that it was recorded in. */
    epoch: integer('epoch').notNull(),
    cellId: text('cell_id').notNull(),
    executionId: text('execution_id').notNull(),
    /** Given by the cell or a person. */
    name: text('name'),
    state: runState('state').notNull().default('running'),
    // `json` keeps the order in which they were recorded.
    params: json('params').$type<Record<string, TrackedParam>>().notNull().default({}),
    /** Of each metric: how it stands, for lists. */
    metrics: jsonb('metrics').$type<Record<string, MetricSummary>>().notNull().default({}),
    tags: text('tags').array().notNull().default([]),
    /** Node, backend and package versions. */
    environment: jsonb('environment').$type<Record<string, string>>().notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    index('runs_workspace').on(t.workspaceId, t.startedAt.desc()),
    index('runs_notebook').on(t.notebookId, t.epoch),
  ],
)

/** The points of a run's metrics. */
export const runPoints = pgTable(
  'run_points',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    metric: text('metric').notNull(),
    /** Counts the metric's points from 0. */
    index: integer('index').notNull(),
    step: doublePrecision('step').notNull(),
    value: doublePrecision('value').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.metric, t.index] })],
)

/** Files that belong to a run. */
export const runArtifacts = pgTable(
  'run_artifacts',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** MIME type, as its cell says. */
    type: text('type').notNull(),
    /** Name in the artifact store. */
    artifact: text('artifact').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.name] })],
)
