import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { tokenScopes } from '../../lib/protocol/token-scope'
import { bytea, createdAt, id } from './columns'

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
