import { and, eq, gt } from 'drizzle-orm'
import { versionExports } from '../../../drizzle/schema/version-exports'
import type { Database } from '../../db'
import type { PythonFormat } from '../../protocol/study'
import { RegistryError } from '../registry'
import { type ExportPlace, findExportable, studied } from './export-version'
import { exportMs } from './list'

type Asked = {
  workspaceId: string
  userId: string
  endpoint: string
  version: string
  format: PythonFormat
}

/**
 * Has a version written by Python's converters. Resolves when that has begun; how it goes is in its row. Rejects with
 * `RegistryError`: no such version (404), it is deleted or being written already (409).
 */
export async function beginExport(
  place: ExportPlace,
  { userId, format, ...asked }: Asked,
): Promise<{ id: string }> {
  const { db } = place.registry
  const { id: versionId, artifact } = await findExportable(place.registry, asked)
  const [running] = await db
    .select({ id: versionExports.id })
    .from(versionExports)
    .where(
      and(
        eq(versionExports.versionId, versionId),
        eq(versionExports.format, format),
        eq(versionExports.state, 'running'),
        gt(versionExports.startedAt, new Date(Date.now() - exportMs)),
      ),
    )
  if (running)
    throw new RegistryError(409, 'running', 'it is being written already; wait until that has ended')
  const [row] = await db
    .insert(versionExports)
    .values({ versionId, format, note: 'waits for a worker', startedBy: userId })
    .returning({ id: versionExports.id })
  const { id } = row!
  void write(db, id, (onStage) => studied(place.studies, artifact, format, onStage))
  return { id }
}

/** Never rejects. */
async function write(
  db: Database,
  id: string,
  make: (onStage: (stage: string) => void) => Promise<{ name: string; bytes: number }>,
) {
  const keep = (values: Partial<typeof versionExports.$inferInsert>) =>
    db
      .update(versionExports)
      .set(values)
      .where(and(eq(versionExports.id, id), eq(versionExports.state, 'running')))
  let told: Promise<unknown> = Promise.resolve()
  const stage = (note: string) => {
    told = told.then(() => keep({ note })).catch(() => {})
  }
  try {
    const { name, bytes } = await make(stage)
    await told
    await keep({ state: 'done', note: '', artifact: name, bytes, endedAt: new Date() })
  } catch (error) {
    await told
    const note = error instanceof Error ? error.message : String(error)
    await keep({ state: 'failed', note: note.slice(0, 2000), endedAt: new Date() }).catch((cause) =>
      console.error('an export that failed could not be kept:', cause),
    )
  }
}
