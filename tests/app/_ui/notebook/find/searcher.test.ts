import { expect, test } from 'vitest'
import { emptyQuery, searchTexts } from '../../../../../app/_ui/notebook/find/search'
import { createSearcher, type SearchWorker, TookTooLong } from '../../../../../app/_ui/notebook/find/searcher'

const asked = (text: string) => ({
  query: { ...emptyQuery, text, isRegExp: true },
  texts: [['a', 'one two']] as const,
})
const one = { a: [{ at: 0, length: 3 }] }

/** Workers that answer when told to. */
function workers() {
  const started: (SearchWorker & { isEnded: boolean; become(): void; answer(): void })[] = []
  const start = () => {
    let waiting: Parameters<SearchWorker['postMessage']>[0] | undefined
    const worker = {
      isEnded: false,
      onmessage: null as SearchWorker['onmessage'],
      onerror: null as SearchWorker['onerror'],
      postMessage: (next: NonNullable<typeof waiting>) => {
        waiting = next
      },
      terminate() {
        worker.isEnded = true
      },
      become: () => worker.onmessage?.({ data: 'ready' }),
      answer: () =>
        waiting && worker.onmessage?.({ data: { matches: searchTexts(waiting.query, waiting.texts) } }),
    }
    started.push(worker)
    return worker
  }
  return { started, start }
}

test('one worker answers one search after the other', async () => {
  const { started, start } = workers()
  const searcher = createSearcher(start)
  const first = searcher.search(asked('one'))
  started[0]!.become()
  started[0]!.answer()
  expect(await first).toEqual(one)
  const second = searcher.search(asked('o(?=ne)'))
  started[0]!.answer()
  expect(await second).toEqual({ a: [{ at: 0, length: 1 }] })
  expect(started).toHaveLength(1)
})

test('a search that has no end is ended with its worker, and the next one gets another', async () => {
  const { started, start } = workers()
  const searcher = createSearcher(start, 1)
  const endless = searcher.search(asked('(a+)+$'))
  started[0]!.become()
  await expect(endless).rejects.toThrow(TookTooLong)
  expect(started[0]!.isEnded).toBe(true)
  const next = searcher.search(asked('one'))
  started[1]!.become()
  started[1]!.answer()
  expect(await next).toEqual(one)
})

test('a search takes the place of one that still runs', async () => {
  const { started, start } = workers()
  const searcher = createSearcher(start)
  const before = searcher.search(asked('(a+)+$'))
  started[0]!.become()
  const after = searcher.search(asked('one'))
  expect(await before).toBe(undefined)
  expect(started[0]!.isEnded).toBe(true)
  started[1]!.become()
  started[1]!.answer()
  expect(await after).toEqual(one)
})

test('a worker whose script does not come is said', async () => {
  const { started, start } = workers()
  const search = createSearcher(start).search(asked('one'))
  started[0]!.onerror?.({})
  await expect(search).rejects.toThrow('the search did not start: its script was not loaded')
})

test('what an ended worker had said before it was ended does not end the search after it', async () => {
  const { started, start } = workers()
  const searcher = createSearcher(start, 5)
  const before = searcher.search(asked(''))
  const after = searcher.search(asked('one'))
  started[0]!.become()
  started[0]!.onerror?.({})
  expect(await before).toBe(undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(started[1]!.isEnded).toBe(false)
  started[1]!.become()
  started[1]!.answer()
  expect(await after).toEqual(one)
})
