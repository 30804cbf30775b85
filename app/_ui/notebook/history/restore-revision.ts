import * as Y from 'yjs'
import { restoreContent } from '../../../../lib/notebook/restore'
import type { NotebookSession } from '../session'
import type { LoadedRevision } from './revision'

/** Brings a revision back: the present is kept first, then the document is edited, as if by hand. */
export async function restoreRevision(
  { document, request }: Pick<NotebookSession, 'document' | 'request'>,
  revision: Pick<LoadedRevision, 'id' | 'content'>,
) {
  const stateVector = () => Y.encodeStateVector(document)
  await request('notebook.revise', { stateVector: stateVector() })
  restoreContent(document, revision.content)
  // It is restored all the same; its edits become a revision when hands rest.
  await request('notebook.revise', { stateVector: stateVector(), restored: revision.id }).catch(() => {})
}
