import { asc, eq, sql } from 'drizzle-orm'
import { folders } from '../../drizzle/schema'
import { database } from '../db'

export type Folder = {
  id: string
  /** The folder it lies in; null at the top. */
  parentId: string | null
  name: string
}

/** All folders of a workspace by name, whatever their depth. */
export const listFolders = (workspaceId: string, db = database()): Promise<Folder[]> =>
  db
    .select({ id: folders.id, parentId: folders.parentId, name: folders.name })
    .from(folders)
    .where(eq(folders.workspaceId, workspaceId))
    .orderBy(asc(sql`lower(${folders.name})`), asc(folders.name))
