/** Group commit: what arrives while one write is under way goes into the next. */
export type Commits<T> = {
  /** Resolves once the item is written; rejects with its own error. */
  add(item: T): Promise<void>
  /** Resolves once everything that was added is settled. */
  settled(): Promise<void>
}

export type Gathering = {
  /** The most items of one write. */
  most?: number
  /** How long the first item waits for company, ms. */
  lingerMs?: number
}

/** `write` stores items in order, all or none. */
export function createCommits<T>(
  write: (items: T[]) => Promise<void>,
  { most = 500, lingerMs = 0 }: Gathering = {},
): Commits<T> {
  type Waiting = { item: T; resolve(): void; reject(error: unknown): void }
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined

  async function run() {
    while (waiting.length) {
      if (lingerMs > 0 && waiting.length < most) await new Promise((done) => setTimeout(done, lingerMs))
      const batch = waiting.splice(0, most)
      try {
        await write(batch.map(({ item }) => item))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        if (batch.length === 1) batch[0]!.reject(error)
        // One refused item, such as an edit of a deleted notebook, must not take the others with it.
        else for (const { item, resolve, reject } of batch) await write([item]).then(resolve, reject)
      }
    }
  }
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        running ??= run().finally(() => {
          running = undefined
        })
      }),
    settled: async () => {
      while (running) await running
    },
  }
}
