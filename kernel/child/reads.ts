import { createHash } from 'node:crypto'
import type { ReadData } from '../../lib/protocol/read-data'

/** Files that cells have read, as their bytes were then: a version says what data it was made of. */
export type Reads = {
  add(cellId: string, name: string, bytes: Uint8Array): void
  /** The last reading of each file by each cell, in order. */
  list(): ReadData[]
}

/** More are not told of: a cell that reads a folder of pictures would make a version's page of them. */
const remembered = 200

export function createReads(): Reads {
  const reads = new Map<string, ReadData>()
  return {
    add(cellId, name, bytes) {
      const key = `${cellId} ${name}`
      // Last in the order.
      reads.delete(key)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      reads.set(key, { cellId, name, bytes: bytes.length, sha256 })
      if (reads.size > remembered) reads.delete(reads.keys().next().value!)
    },
    list: () => [...reads.values()],
  }
}
