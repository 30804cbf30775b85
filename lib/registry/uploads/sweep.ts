import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { lt } from 'drizzle-orm'
import { modelUploads } from '../../../drizzle/schema/uploads'
import type { Database } from '../../db'

/** How long files wait for somebody to make a version of them. Milliseconds. */
const keptMs = 24 * 3_600_000

/** Forgets uploads of yesterday and removes files that none names any more. Resolves to how many files that were. */
export async function sweepUploads(db: Database, folder: string, now = Date.now()): Promise<number> {
  await db.delete(modelUploads).where(lt(modelUploads.createdAt, new Date(now - keptMs)))
  const rows = await db.select({ files: modelUploads.files }).from(modelUploads)
  const named = new Set(rows.flatMap(({ files }) => files.map(({ artifact }) => artifact)))
  let removed = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || named.has(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    // A new one has no row until it has arrived whole.
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs < keptMs) continue
    await rm(file, { force: true })
    removed++
  }
  return removed
}
