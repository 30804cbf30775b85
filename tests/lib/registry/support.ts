import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { notebooks, users, workspaces } from '../../../drizzle/schema'
import { localArtifacts } from '../../../lib/artifacts'
import { connect } from '../../../lib/db'
import type { RevisionContent } from '../../../lib/notebook/revision-content'
import { defaultSettings } from '../../../lib/notebook/settings'
import type { Promotion } from '../../../lib/protocol/hosts'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import { encodePromotionBody } from '../../../lib/protocol/promotion-body'
import { receiveVersion } from '../../../lib/registry/receive'
import type { Registry } from '../../../lib/registry/registry'
import { saveRevision } from '../../../lib/revisions/save'
import { freshDatabase } from '../../support/database'

/** A registry over a database of its own, whose workers find every version right. */
export async function openRegistry() {
  const database = await freshDatabase()
  const connection = connect(database.url)
  const folder = await mkdtemp(path.join(tmpdir(), 'registry-'))
  const { db } = connection
  const registry: Registry = {
    db,
    artifacts: localArtifacts(folder),
    check: async () => ({ ok: true, maxDifference: 0 }),
    origin: 'http://127.0.0.1:3000',
  }
  return {
    registry,
    db,
    async close() {
      await connection.close()
      await database.drop()
      await rm(folder, { recursive: true })
    },
    /** A person with a workspace and a notebook in it. */
    async person() {
      const [user] = await db
        .insert(users)
        .values({ email: `${randomUUID()}@example.com`, name: 'Ada', passwordHash: '-' })
        .returning()
      const [workspace] = await db.insert(workspaces).values({ name: 'w', kind: 'personal' }).returning()
      const workspaceId = workspace!.id
      const [notebook] = await db.insert(notebooks).values({ workspaceId, title: 'Income' }).returning()
      return { workspaceId, userId: user!.id, notebookId: notebook!.id }
    },
    /** Promotes `predict` of the cell `a` to `income`. */
    promote(
      { userId, notebookId }: { userId: string; notebookId: string },
      { bytes = [1], cellSource = 'promote("income", predict)', ...more }: Promote = {},
    ) {
      const promotion: Promotion = {
        notebookId,
        userId,
        endpoint: 'income',
        cellId: 'a',
        variable: 'predict',
        cellSource,
        environment: { host: 'h' },
      }
      return receiveVersion(
        registry,
        promotion,
        encodePromotionBody({ ...request, ...more }, new Uint8Array(bytes)),
      )
    },
    /** A revision of a notebook with these cells, by their ids. */
    revise(
      { userId, notebookId }: { userId: string; notebookId: string },
      sources: Record<string, string>,
      environment?: RevisionContent['environment'],
    ) {
      const cells = Object.entries(sources).map(([id, source]) => ({
        id,
        kind: 'code' as const,
        source,
        attributes: {},
      }))
      return saveRevision(
        {
          notebookId,
          userId,
          reason: 'run',
          stateVector: new Uint8Array([0]),
          content: { settings: defaultSettings, cells, ...(environment && { environment }) },
        },
        db,
      )
    },
  }
}
type Promote = { bytes?: number[]; cellSource?: string } & Partial<PromoteRequest>

const request: PromoteRequest = {
  endpoint: 'income',
  cellId: 'a',
  variable: 'predict',
  schema: { input: { type: 'number' }, output: { type: 'number' } },
  selfTest: { records: [1, 2], predictions: [2, 4] },
  environment: { node: 'v20' },
}
