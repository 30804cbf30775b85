import type { Matches, Query, Texts } from './search'

export type Asked = { query: Query; texts: Texts }
export type Answer = 'ready' | { matches: Matches }
/** What a searcher needs of a `Worker`. */
export type SearchWorker = {
  postMessage(asked: Asked): void
  terminate(): void
  onmessage: ((event: { data: Answer }) => void) | null
  onerror: ((event: { message?: string }) => void) | null
}

export class TookTooLong extends Error {}

/** How long an expression may search, ms; counted from when the worker runs. */
const longest = 1000

/**
 * Searches with a person's own expression in a worker, since one like `(a+)+$` can take forever. One search at a time:
 * another ends it.
 */
export function createSearcher(start: () => SearchWorker, limit = longest) {
  let worker: SearchWorker | undefined
  let isReady = false
  let running: { settle(matches?: Matches): void } | undefined

  function stop() {
    worker?.terminate()
    worker = undefined
    isReady = false
  }

  /** What is found; undefined if another search has taken its place. Rejects with `TookTooLong`. */
  function search(asked: Asked): Promise<Matches | undefined> {
    if (running) {
      running.settle(undefined)
      stop()
    }
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const end = () => {
        clearTimeout(timer)
        running = undefined
      }
      running = {
        settle(matches) {
          end()
          resolve(matches)
        },
      }
      const fail = (error: Error) => {
        end()
        stop()
        reject(error)
      }
      const post = () => {
        timer = setTimeout(() => fail(new TookTooLong(`searched for ${limit} ms without an end`)), limit)
        current.postMessage(asked)
      }
      worker ??= start()
      const current = worker
      // What an ended worker had said before may still arrive.
      current.onmessage = ({ data }) => {
        if (worker !== current) return
        if (data !== 'ready') return running?.settle(data.matches)
        isReady = true
        post()
      }
      current.onerror = ({ message }) =>
        worker === current &&
        fail(new Error(`the search did not start: ${message || 'its script was not loaded'}`))
      if (isReady) post()
    })
  }

  return {
    search,
    close() {
      running?.settle(undefined)
      stop()
    },
  }
}

/** The search beside the page. */
export const startSearchWorker = (): SearchWorker =>
  new Worker(new URL('./search-worker.ts', import.meta.url), {
    type: 'module',
    name: 'find',
  }) as SearchWorker
