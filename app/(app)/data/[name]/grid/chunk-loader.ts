import type { GridRow } from './use-grid-rows'

/** Chunks that stay: about what an hour of looking through shows. */
const mostKept = 300
/** Questions at once. */
const atOnce = 2

type Options = {
  /** Rows of a chunk. */
  size: number
  read(chunk: number): Promise<{ rows: GridRow[]; total: number }>
  show(chunks: Map<number, GridRow[]>, total: number): void
  fail(error: Error): void
}

/**
 * Reads chunks of rows: those in sight first, then their neighbours. What has gone out of sight before it was asked for is
 * not asked for, so that a drag over millions of rows asks for where it ends.
 */
export function createChunkLoader({ size, read, show, fail }: Options) {
  let chunks = new Map<number, GridRow[]>()
  let wanted: number[] = []
  let last = Number.POSITIVE_INFINITY
  let closed = false
  const underway = new Set<number>()

  function work() {
    while (!closed && underway.size < atOnce) {
      const next = wanted.find((chunk) => chunk <= last && !chunks.has(chunk) && !underway.has(chunk))
      if (next === undefined) return
      underway.add(next)
      read(next)
        .then(
          ({ rows, total }) => {
            if (closed) return
            last = Math.max(0, Math.ceil(total / size) - 1)
            chunks = new Map(chunks).set(next, rows)
            // The first of a map are the oldest.
            for (const chunk of chunks.keys()) {
              if (chunks.size <= mostKept) break
              if (!wanted.includes(chunk)) chunks.delete(chunk)
            }
            show(chunks, total)
          },
          (error: Error) => {
            wanted = wanted.filter((chunk) => chunk !== next)
            if (!closed) fail(error)
          },
        )
        .finally(() => {
          underway.delete(next)
          work()
        })
    }
  }

  return {
    want(first: number, end: number) {
      const inSight = Array.from({ length: end - first + 1 }, (_, i) => first + i)
      wanted = [...inSight, end + 1, first - 1].filter((chunk) => chunk >= 0)
      work()
    },
    close() {
      closed = true
    },
  }
}
