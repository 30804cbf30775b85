import * as Y from 'yjs'
import type { Database } from '../../lib/db'
import { enter } from '../../lib/door'
import { type Environment, readEnvironment, writeEnvironment } from '../../lib/notebook/environment'
import type { HostPackages } from '../../lib/protocol/hosts'
import { Refused } from '../../lib/refused'
import type { Documents } from './documents'
import type { Host } from './hosts'

export type Packages = {
  /** Tells a host what a notebook's document says of its packages, unless it has been told so. */
  tell(host: Host, notebookId: string, document: Y.Doc): void
  /** Writes into the document what a host has installed. */
  write(machine: { id: string; name: string }, message: HostPackages): Promise<void>
}

/** Between notebooks' documents, where their packages are kept, and the hosts, which install them. */
export function createPackages(
  db: Database,
  documents: Documents,
  /** To the pages that have the notebook open. */
  send: (notebookId: string, update: Uint8Array) => void,
): Packages {
  /** What each host was told last; one that comes back is another. */
  const told = new WeakMap<Host, Map<string, string>>()

  function tell(host: Host, notebookId: string, document: Y.Doc) {
    let environment: Environment
    try {
      environment = readEnvironment(document)
    } catch (error) {
      throw new Refused(422, 'bad_packages', (error as Error).message)
    }
    const known = told.get(host) ?? new Map<string, string>()
    told.set(host, known)
    const text = JSON.stringify(environment)
    if ((known.get(notebookId) ?? nothing) === text) return
    known.set(notebookId, text)
    host.tell('notebook.packages', { notebookId, environment })
  }

  async function write(machine: { id: string; name: string }, message: HostPackages) {
    const { notebookId, userId, environment } = message
    await enter({ kind: 'machine', ...machine }, 'notebook.packages', { notebookId }, db)
    // A host speaks only for people who may do this themselves.
    await enter({ kind: 'user', id: userId }, 'notebook.packages', { notebookId }, db)
    const open = await documents.open(notebookId)
    try {
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(open.document))
      const before = Y.encodeStateVector(copy)
      writeEnvironment(copy, environment)
      const update = Y.encodeStateAsUpdate(copy, before)
      copy.destroy()
      const stored = open.apply(update, userId)
      send(notebookId, update)
      await stored
    } finally {
      open.release()
    }
  }
  return { tell, write }
}

const nothing = JSON.stringify({ packages: {}, lock: '', scripts: [] } satisfies Environment)
