import { randomUUID } from 'node:crypto'
import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { users } from '../../drizzle/schema'
import { pulls, repositories } from '../../drizzle/schema/repositories'
import { newSecret } from '../config'
import { type Database, database } from '../db'
import { branchName, commitHash, notebookPath, type PullState } from '../protocol/repository'
import { Refused } from '../refused'
import { isUuid } from '../uuid'
import { openSecret, sealSecret } from './secret'

/** What a person says of a repository. Where its address may lead is checked by the machine that goes there. */
export const repositoryFields = z.object({
  address: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((address) => {
      if (address.startsWith('/')) return true
      if (!URL.canParse(address)) return false
      const { protocol, username, password } = new URL(address)
      return (protocol === 'https:' || protocol === 'http:') && !username && !password
    }, 'give an https address without a password in it, as https://github.com/you/models'),
  branch: branchName,
  commit: commitHash.nullable().default(null),
  path: notebookPath,
})
export type RepositoryFields = z.infer<typeof repositoryFields>

export type RepositorySummary = RepositoryFields & {
  id: string
  createdAt: Date
  createdBy: string | null
  last: { state: PullState; createdAt: Date } | null
}

/** Connects a repository to a workspace; nothing is fetched yet. */
export async function createRepository(
  fields: RepositoryFields,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  db: Database = database(),
): Promise<{ id: string }> {
  const id = randomUUID()
  const secret = sealSecret(id, newSecret())
  await db.insert(repositories).values({ id, ...fields, workspaceId, secret, createdBy: userId })
  return { id }
}

/** Of a workspace, newest first. */
export async function listRepositories(
  workspaceId: string,
  db: Database = database(),
): Promise<RepositorySummary[]> {
  const rows = await db
    .select({
      id: repositories.id,
      address: repositories.address,
      branch: repositories.branch,
      commit: repositories.commit,
      path: repositories.path,
      createdAt: repositories.createdAt,
      createdBy: users.name,
      last: sql<{ state: PullState; createdAt: string } | null>`(
        select json_build_object('state', ${pulls.state}, 'createdAt', ${pulls.createdAt}) from ${pulls}
        where ${pulls.repositoryId} = ${repositories.id} order by ${pulls.createdAt} desc limit 1)`,
    })
    .from(repositories)
    .leftJoin(users, eq(users.id, repositories.createdBy))
    .where(eq(repositories.workspaceId, workspaceId))
    .orderBy(desc(repositories.createdAt))
  return rows.map((row) => ({
    ...row,
    last: row.last && { state: row.last.state, createdAt: new Date(row.last.createdAt) },
  }))
}

/** A repository of this workspace; refuses 404. */
export async function findRepository(workspaceId: string, id: string, db: Database = database()) {
  const [row] = isUuid(id)
    ? await db
        .select()
        .from(repositories)
        .where(and(eq(repositories.id, id), eq(repositories.workspaceId, workspaceId)))
    : []
  if (!row) throw new Refused(404, 'not_found', `there is no such repository: ${id}`)
  return row
}

/** Takes effect at the next pull. */
export async function changeRepository(
  workspaceId: string,
  id: string,
  fields: RepositoryFields,
  db: Database = database(),
) {
  await findRepository(workspaceId, id, db)
  await db.update(repositories).set(fields).where(eq(repositories.id, id))
}

/** Its versions stay; its pulls go. */
export async function deleteRepository(workspaceId: string, id: string, db: Database = database()) {
  await findRepository(workspaceId, id, db)
  await db.delete(repositories).where(eq(repositories.id, id))
}

/** What signs its webhooks, for whoever sets them up. */
export async function webhookSecret(workspaceId: string, id: string, db: Database = database()) {
  const { secret } = await findRepository(workspaceId, id, db)
  return openSecret(id, secret)
}
