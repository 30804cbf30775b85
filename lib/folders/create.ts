import { folders } from '../../drizzle/schema'
import { database } from '../db'
import type { Folder } from './list'
import { checkPlace, refuseTakenName } from './place'

/** Makes a folder in another, or at the top. Refused where one of that name is there. */
export const createFolder = (
  { workspaceId, parentId, name }: { workspaceId: string; parentId: string | null; name: string },
  db = database(),
): Promise<Folder> =>
  db
    .transaction(async (tx) => {
      await checkPlace(workspaceId, parentId, tx)
      const [row] = await tx.insert(folders).values({ workspaceId, parentId, name }).returning()
      return { id: row!.id, parentId, name }
    })
    .catch((error) => refuseTakenName(error, name))
