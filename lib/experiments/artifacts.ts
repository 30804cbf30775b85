import { and, eq, sql } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { runArtifacts } from '../../drizzle/schema/experiments'
import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'
import { tracking } from '../protocol/limits'
import type { ArtifactUpload } from '../protocol/tracking'
import { Refused } from '../refused'
import { beginRun } from './record'

/** Keeps a file of a run, in place of an earlier one of its name. Resolves when it would survive a crash. */
export async function keepArtifact(
  db: Database,
  store: ArtifactStore,
  upload: ArtifactUpload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { run, name, type, ...origin } = upload
  // Before the row that names it: a row never points at a file that is not there.
  const stored = await store.put(limited(bytes, name))
  await db.transaction(async (tx) => {
    // Nobody removes it between these lines and the commit of its row.
    await tx.execute(sql`select pg_advisory_xact_lock_shared(${lock})`)
    if (!(await store.has(stored.name)))
      throw new Refused(409, 'removed', `the same file was just removed, keep it again: ${name}`)
    // Its first news may still be on their way.
    if (!(await beginRun(tx, origin, run)))
      throw new Refused(404, 'no_notebook', 'the notebook of this run was deleted')
    const [{ count } = { count: 0 }] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(runArtifacts)
      .where(eq(runArtifacts.runId, run.id))
    if (count >= tracking.artifacts)
      throw new Refused(413, 'too_many', `a run keeps ${tracking.artifacts} artifacts; not kept: ${name}`)
    const row = { type, artifact: stored.name, bytes: stored.bytes, createdAt: new Date() }
    await tx
      .insert(runArtifacts)
      .values({ runId: run.id, name, ...row })
      .onConflictDoUpdate({ target: [runArtifacts.runId, runArtifacts.name], set: row })
  })
}

/** A file of a run by its name. */
export async function findArtifact(db: Database, runId: string, name: string) {
  const [found] = await db
    .select()
    .from(runArtifacts)
    .where(and(eq(runArtifacts.runId, runId), eq(runArtifacts.name, name)))
  return found
}

/** Removes those of these files that nothing names any more. Call it after the commit that let them go. */
export async function removeUnnamed(db: Database, store: Pick<ArtifactStore, 'remove'>, artifacts: string[]) {
  if (artifacts.length === 0) return
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`)
    for (const artifact of new Set(artifacts)) {
      const [named] = await tx.execute(sql`
        select 1 from ${runArtifacts} where ${runArtifacts.artifact} = ${artifact}
        union all select 1 from ${modelVersions} where ${modelVersions.artifact} = ${artifact} limit 1`)
      if (!named) await store.remove(artifact)
    }
  })
}

/** PostgreSQL's advisory lock of the files of runs: any number but one that is used elsewhere. */
const lock = 0x72756e73

async function* limited(bytes: AsyncIterable<Uint8Array>, name: string) {
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > tracking.artifactBytes)
      throw new Refused(
        413,
        'too_large',
        `an artifact holds ${tracking.artifactBytes} bytes at most, ${name} has more`,
      )
    yield part
  }
}
