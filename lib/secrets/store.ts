import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { notebooks, secrets, users } from '../../drizzle/schema'
import { database } from '../db'
import type { SecretScope, SecretSummary } from '../protocol/secrets'
import { Refused } from '../refused'
import { open, seal } from './cipher'
import { secretsKey } from './key'

type Of = { workspaceId: string; notebookId: string }
type One = Of & { scope: SecretScope; name: string }

/** The secrets that a notebook's cells can ask for: its own, then its workspace's. Names only. */
export async function listSecrets(
  { workspaceId, notebookId }: Of,
  db = database(),
): Promise<SecretSummary[]> {
  const rows = await db
    .select({
      name: secrets.name,
      notebookId: secrets.notebookId,
      updatedAt: secrets.updatedAt,
      updatedBy: users.name,
    })
    .from(secrets)
    .leftJoin(users, eq(users.id, secrets.updatedBy))
    .where(visible({ workspaceId, notebookId }))
    .orderBy(sql`${secrets.notebookId} is null`, secrets.name)
  return rows.map(({ notebookId: own, ...row }) => ({
    ...row,
    scope: own === null ? 'workspace' : 'notebook',
  }))
}

/** Stores a value, in place of the one before. */
export async function putSecret(
  { workspaceId, notebookId, scope, name }: One,
  value: string,
  userId: string,
  db = database(),
) {
  const of = scope === 'notebook' ? notebookId : null
  const sealed = seal(secretsKey(), value, placeOf(workspaceId, of, name))
  await db
    .insert(secrets)
    .values({ workspaceId, notebookId: of, name, ...sealed, updatedBy: userId })
    .onConflictDoUpdate({
      target: [secrets.workspaceId, secrets.notebookId, secrets.name],
      set: { ...sealed, updatedBy: userId, updatedAt: sql`now()` },
    })
}

export async function deleteSecret({ workspaceId, notebookId, scope, name }: One, db = database()) {
  const of = scope === 'notebook' ? eq(secrets.notebookId, notebookId) : isNull(secrets.notebookId)
  await db.delete(secrets).where(and(eq(secrets.workspaceId, workspaceId), of, eq(secrets.name, name)))
}

/** A secret's value, for a kernel alone. Whoever asks has been let in by the door. */
export async function revealSecret(notebookId: string, name: string, db = database()): Promise<string> {
  const [of] = await db
    .select({ workspaceId: notebooks.workspaceId })
    .from(notebooks)
    .where(eq(notebooks.id, notebookId))
  const [row] = of
    ? await db
        .select()
        .from(secrets)
        .where(and(visible({ workspaceId: of.workspaceId, notebookId }), eq(secrets.name, name)))
        .orderBy(sql`${secrets.notebookId} is null`)
        .limit(1)
    : []
  if (!row) throw new Refused(404, 'no_secret', `no such secret: ${name}; add it in the panel Secrets`)
  return open(secretsKey(), row, placeOf(row.workspaceId, row.notebookId, name))
}

const visible = ({ workspaceId, notebookId }: Of) =>
  and(
    eq(secrets.workspaceId, workspaceId),
    or(eq(secrets.notebookId, notebookId), isNull(secrets.notebookId)),
  )

/** Part of what is sealed: a row that is copied to another place cannot be opened there. */
const placeOf = (workspaceId: string, notebookId: string | null, name: string) =>
  `${workspaceId} ${notebookId ?? '*'} ${name}`
