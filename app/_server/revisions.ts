import * as Y from 'yjs'
import type { Database } from '../../lib/db'
import { revisionContent } from '../../lib/notebook/revision-content'
import { Refused } from '../../lib/refused'
import { type NewRevision, type Saved, saveRevision } from '../../lib/revisions/save'

/** How long hands rest before their edits become a revision. */
const restMs = 120_000
/**
 * How long no cells run by themselves before the last time that they did counts as a run. A slider runs them many times
 * a second and automatic cells run at each pause of typing: one line of history for each would bury the others.
 */
const burstMs = 3_000

type Kept = Pick<NewRevision, 'reason' | 'userId' | 'name' | 'restoredFrom'>

/** The history of the notebooks that are open: it is written as they run, rest and close. */
export type Revisions = {
  /** Lives as long as the document. */
  watch(notebookId: string, document: Y.Doc): void
  /** A person ran cells: keeps what ran, where it is not the newest revision already. */
  ran(notebookId: string, document: Y.Doc, userId: string): void
  /** Cells ran because a person edited them or moved an input: the last run of a burst is kept, as it was then. */
  ranItself(notebookId: string, document: Y.Doc, userId: string): void
  /** The last page has left. */
  left(notebookId: string, document: Y.Doc): void
  /** Keeps the document as it is now, for a reason of its own. */
  keep(notebookId: string, document: Y.Doc, kept: Kept): Promise<Saved>
  /** Resolves once everything asked for is stored. */
  settled(): Promise<void>
}

type Watched = {
  /** Whether the document may differ from the newest revision. */
  edited: boolean
  editor?: string
  resting?: NodeJS.Timeout
  /** The last run of a burst that is not over. */
  burst?: { moment: Moment; userId: string; ending: NodeJS.Timeout }
}

/** A document as it is at one moment. */
type Moment = Pick<NewRevision, 'content' | 'stateVector'>
const momentOf = (document: Y.Doc): Moment => ({
  content: revisionContent(document),
  stateVector: Y.encodeStateVector(document),
})

/** `changed` is called whenever a notebook's history is another. */
export function createRevisions(
  db: Database,
  changed: (notebookId: string) => void,
  { rest = restMs, burst = burstMs } = {},
): Revisions {
  const watching = new WeakMap<Y.Doc, Watched>()
  /** Documents with a burst that is not over → its end. */
  const bursts = new Map<Y.Doc, () => void>()
  /** Revisions of one notebook are written one after the other: each is compared with the one before. */
  const writing = new Map<string, Promise<unknown>>()

  function watched(notebookId: string, document: Y.Doc): Watched {
    const known = watching.get(document)
    if (known) return known
    // What a killed process left unsaved is found by comparing.
    const entry: Watched = { edited: true }
    watching.set(document, entry)
    document.on('update', (_: Uint8Array, origin: { userId?: string } | null) => {
      entry.edited = true
      entry.editor = origin?.userId ?? entry.editor
      clearTimeout(entry.resting)
      entry.resting = setTimeout(() => keepEdits(notebookId, document, entry), rest)
      entry.resting.unref()
    })
    document.on('destroy', () => {
      clearTimeout(entry.resting)
      bursts.get(document)?.()
    })
    return entry
  }

  function noteRun(notebookId: string, document: Y.Doc, userId: string) {
    const entry = watched(notebookId, document)
    // Nothing was edited since the newest revision or the last run of the burst: inputs' values are the kernel's.
    const moment = entry.edited ? momentOf(document) : entry.burst?.moment
    if (!moment) return
    entry.edited = false
    clearTimeout(entry.burst?.ending)
    const end = () => endBurst(notebookId, document, entry)
    entry.burst = { moment, userId, ending: setTimeout(end, burst).unref() }
    bursts.set(document, end)
  }

  function endBurst(notebookId: string, document: Y.Doc, entry: Watched) {
    if (!entry.burst) return
    const { moment, userId, ending } = entry.burst
    clearTimeout(ending)
    entry.burst = undefined
    bursts.delete(document)
    write(notebookId, entry, { ...moment, reason: 'run', userId }).catch(complain)
  }

  function keepEdits(notebookId: string, document: Y.Doc, entry: Watched, reason: Kept['reason'] = 'idle') {
    endBurst(notebookId, document, entry)
    if (!entry.edited) return
    keep(notebookId, document, { reason, userId: entry.editor }).catch(complain)
  }

  function keep(notebookId: string, document: Y.Doc, kept: Kept): Promise<Saved> {
    const entry = watched(notebookId, document)
    endBurst(notebookId, document, entry)
    clearTimeout(entry.resting)
    entry.edited = false
    return write(notebookId, entry, { ...momentOf(document), ...kept })
  }

  async function write(notebookId: string, entry: Watched, kept: Moment & Kept): Promise<Saved> {
    const before = writing.get(notebookId) ?? Promise.resolve()
    const saving = before.then(() => saveRevision({ notebookId, ...kept }, db))
    const settled = saving.catch(() => {})
    writing.set(notebookId, settled)
    void settled.then(() => writing.get(notebookId) === settled && writing.delete(notebookId))
    try {
      const saved = await saving
      if (saved.kept) changed(notebookId)
      return saved
    } catch (error) {
      // The next run or rest tries again.
      entry.edited = true
      throw error
    }
  }

  return {
    watch: (notebookId, document) => void watched(notebookId, document),
    ran(notebookId, document, userId) {
      const entry = watched(notebookId, document)
      entry.editor = userId
      keepEdits(notebookId, document, entry, 'run')
    },
    ranItself: noteRun,
    left: (notebookId, document) => keepEdits(notebookId, document, watched(notebookId, document)),
    keep,
    async settled() {
      for (const end of [...bursts.values()]) end()
      while (writing.size > 0) await Promise.all(writing.values())
    },
  }
}

function complain(error: unknown) {
  // Its pages leave a notebook that was just deleted.
  if (!(error instanceof Refused)) console.error('a revision was not kept:', error)
}
