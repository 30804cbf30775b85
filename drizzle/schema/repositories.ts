import { index, json, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { type PulledCommit, pullStates, type TestResult } from '../../lib/protocol/repository'
import { users, workspaces } from '../schema'

/** A notebook in a git repository that versions are made of. */
export const repositories = pgTable(
  'repositories',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    branch: text('branch').notNull(),
    /** The one commit that is pulled; null: the newest of the branch. */
    commit: text('commit'),
    /** Of the notebook, from the root of the repository. */
    path: text('path').notNull(),
    /** Signs webhooks; sealed. */
    secret: json('secret').$type<{ keyId: string; nonce: string; ciphertext: string }>().notNull(),
    /** In whose name a webhook pulls. */
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('repositories_workspace').on(t.workspaceId)],
)

export const pullState = pgEnum('pull_state', pullStates)
export const pullTrigger = pgEnum('pull_trigger', ['person', 'webhook'])

/** One pull of a repository: what was fetched, tested, run and promoted. */
export const pulls = pgTable(
  'pulls',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    repositoryId: uuid('repository_id')
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
    trigger: pullTrigger('trigger').notNull(),
    state: pullState('state').notNull().default('waiting'),
    /** Runs it. */
    machineId: uuid('machine_id'),
    commit: json('commit').$type<PulledCommit>(),
    tests: json('tests').$type<TestResult[]>(),
    log: text('log'),
    /** Why it failed. */
    reason: text('reason'),
    promoted: json('promoted').$type<{ endpoint: string; version: string }[]>().notNull().default([]),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** When its machine was last heard of it. */
    heardAt: timestamp('heard_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [index('pulls_repository').on(t.repositoryId, t.createdAt.desc())],
)
