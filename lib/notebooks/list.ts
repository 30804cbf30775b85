import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { kernelEvents, notebooks } from '../../drizzle/schema'
import { database } from '../db'
import type { KernelState } from '../protocol/events'

export type NotebookSummary = {
  id: string
  workspaceId: string
  title: string
  /** The folder it lies in; null at the top. */
  folderId: string | null
  example: string | null
  createdAt: Date
  updatedAt: Date
  kernel: KernelState
}

// Events of no cell are the kernel's states.
const kernel = sql<KernelState>`coalesce((
  select ${kernelEvents.event}->>'state' from ${kernelEvents}
  where ${kernelEvents.notebookId} = ${notebooks.id} and ${kernelEvents.cellId} is null
  order by ${kernelEvents.epoch} desc, ${kernelEvents.seq} desc limit 1), 'stopped')`

const summary = {
  id: notebooks.id,
  workspaceId: notebooks.workspaceId,
  title: notebooks.title,
  folderId: notebooks.folderId,
  example: notebooks.example,
  createdAt: notebooks.createdAt,
  updatedAt: notebooks.updatedAt,
  kernel,
}

/** A workspace's notebooks, in whatever folder and without the trash, last edited first; with `search`, those whose title holds it in either case. */
export const listNotebooks = (
  workspaceId: string,
  search = '',
  db = database(),
): Promise<NotebookSummary[]> =>
  db
    .select(summary)
    .from(notebooks)
    .where(
      and(
        eq(notebooks.workspaceId, workspaceId),
        isNull(notebooks.trashedAt),
        search ? sql`strpos(lower(${notebooks.title}), lower(${search})) > 0` : undefined,
      ),
    )
    .orderBy(desc(notebooks.updatedAt), notebooks.title)

export async function findNotebook(id: string, db = database()): Promise<NotebookSummary | undefined> {
  const [row] = await db
    .select(summary)
    .from(notebooks)
    .where(and(eq(notebooks.id, id), isNull(notebooks.trashedAt)))
  return row
}
