import * as Y from 'yjs'
import { documentUpdates, notebooks } from '../../drizzle/schema'
import { database, type Queryable } from '../db'
import { checkPlace } from '../folders/place'
import { storeEvents } from '../kernels/store'
import { type Cell, fillDocument, newCellId } from '../notebook/document'
import { type Environment, isEmptyEnvironment, writeEnvironment } from '../notebook/environment'
import { revisionContent } from '../notebook/revision-content'
import { defaultSettings, type NotebookSettings, setSetting } from '../notebook/settings'
import type { KernelEvent } from '../protocol/events'
import { saveRevision } from '../revisions/save'
import { indexCells } from './index-cells'

export type NewNotebook = {
  workspaceId: string
  userId: string
  /** The folder that it is put into; the top unless given. */
  folderId?: string
  title: string
  cells: Cell[]
  /** File name of the example it is a copy of. */
  example?: string
  /** Its own packages. */
  environment?: Environment
  /** What an edit or a run does to dependent cells; the usual unless given. */
  reactivity?: NotebookSettings['reactivity']
  /** Text of the file it comes from. */
  file?: string
  /** What its cells have already said. */
  events?: KernelEvent[]
}

/** Stores a notebook with its document. */
export async function insertNotebook(
  {
    workspaceId,
    userId,
    folderId,
    title,
    cells,
    environment,
    reactivity,
    example,
    file,
    events = [],
  }: NewNotebook,
  db: Queryable = database(),
): Promise<{ id: string; title: string }> {
  const document = new Y.Doc()
  fillDocument(document, cells)
  if (environment && !isEmptyEnvironment(environment)) writeEnvironment(document, environment)
  if (reactivity && reactivity !== defaultSettings.reactivity) setSetting(document, 'reactivity', reactivity)
  const data = Y.encodeStateAsUpdate(document)
  const content = revisionContent(document)
  const stateVector = Y.encodeStateVector(document)
  document.destroy()
  return db.transaction(async (tx) => {
    await checkPlace(workspaceId, folderId ?? null, tx)
    const [row] = await tx
      .insert(notebooks)
      .values({ workspaceId, folderId, title, example, file, createdBy: userId })
      .returning({ id: notebooks.id })
    const { id } = row!
    await tx.insert(documentUpdates).values({ notebookId: id, data, createdBy: userId })
    await saveRevision({ notebookId: id, content, stateVector, reason: 'created', userId }, tx)
    await indexCells(id, cells, tx)
    if (events.length) await storeEvents(id, events, [], tx)
    return { id, title }
  })
}

/** An empty notebook: one code cell without text. */
export const createNotebook = (
  {
    workspaceId,
    userId,
    folderId,
    title = 'Untitled notebook',
  }: { workspaceId: string; userId: string; folderId?: string; title?: string },
  db = database(),
) =>
  insertNotebook(
    { workspaceId, userId, folderId, title, cells: [{ id: newCellId(), kind: 'code', source: '' }] },
    db,
  )
