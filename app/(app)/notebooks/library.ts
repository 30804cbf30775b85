import type { Folder } from '../../../lib/folders/list'

/** The folders inside of one; null is the top. */
export const foldersIn = (folders: readonly Folder[], parentId: string | null) =>
  folders.filter((folder) => folder.parentId === parentId)

/** From the top down to a folder, it included; empty for the top itself. */
export function pathTo(folders: readonly Folder[], id: string | null): Folder[] {
  const path: Folder[] = []
  for (let at = id; at !== null; ) {
    const folder = folders.find((one) => one.id === at)
    if (!folder) break
    path.unshift(folder)
    at = folder.parentId
  }
  return path
}

/** Every folder with its depth, in the order of a tree that is all open. */
export function treeOf(
  folders: readonly Folder[],
  parentId: string | null = null,
  depth = 0,
): { folder: Folder; depth: number }[] {
  return foldersIn(folders, parentId).flatMap((folder) => [
    { folder, depth },
    ...treeOf(folders, folder.id, depth + 1),
  ])
}

/** Where a folder may be moved: not into itself, nor into what lies in it. */
export const placesFor = (folders: readonly Folder[], id: string) => {
  const inside = new Set([id, ...treeOf(folders, id).map(({ folder }) => folder.id)])
  return folders.filter((folder) => !inside.has(folder.id))
}

/** The list's address for a folder. */
export const addressOf = (id: string | null) => (id === null ? '/notebooks' : `/notebooks?folder=${id}`)
