import { createHash } from 'node:crypto'
import type { OpenedDataset } from '../../lib/protocol/dataset-read'
import type { ReadData } from '../../lib/protocol/read-data'

/** Files that cells have read, as their bytes were then: a version says what data it was made of. */
export type Reads = {
  add(cellId: string, name: string, bytes: Uint8Array): void
  addDataset(cellId: string, opened: OpenedDataset): void
  /** The last reading of each file by each cell, in order. */
  list(): ReadData[]
}

/** More are not told of: a cell that reads a folder of pictures would make a version's page of them. */
const remembered = 200

export function createReads(): Reads {
  const reads = new Map<string, ReadData>()
  const keep = (read: ReadData) => {
    const key = `${read.cellId} ${read.name}`
    // Last in the order.
    reads.delete(key)
    reads.set(key, read)
    if (reads.size > remembered) reads.delete(reads.keys().next().value!)
  }
  return {
    add: (cellId, name, bytes) =>
      keep({ cellId, name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }),
    addDataset: (cellId, { name, bytes, hash, versionId, version }) =>
      keep({ cellId, name, bytes, sha256: hash, dataset: { versionId, version } }),
    list: () => [...reads.values()],
  }
}
