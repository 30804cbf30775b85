import { expect, test } from 'vitest'
import { createChunkLoader } from '../../../../app/(app)/data/[name]/grid/chunk-loader'

/** A server of a thousand rows, ten in a chunk, which answers when it is told to. */
function server() {
  const asked: number[] = []
  const answers = new Map<number, () => void>()
  const shown: number[][] = []
  const failures: string[] = []
  const loader = createChunkLoader({
    size: 10,
    read: (chunk) => {
      asked.push(chunk)
      return new Promise((resolve, reject) =>
        answers.set(chunk, () =>
          chunk === 66
            ? reject(new Error('no such rows'))
            : resolve({ rows: [{ row: chunk, values: [] }], total: 1000 }),
        ),
      )
    },
    show: (chunks) => shown.push([...chunks.keys()]),
    fail: ({ message }) => failures.push(message),
  })
  /** Answers, and lets the loader ask on. */
  const answer = async (...chunks: number[]) => {
    for (const chunk of chunks) answers.get(chunk)!()
    await new Promise(setImmediate)
  }
  return { asked, shown, failures, loader, answer }
}

test('what is in sight is read first, then its neighbours, two at once', async () => {
  const { asked, shown, loader, answer } = server()
  loader.want(4, 5)
  expect(asked).toEqual([4, 5])
  await answer(4, 5)
  expect(asked).toEqual([4, 5, 6, 3])
  await answer(6, 3)
  expect(shown.at(-1)).toEqual([4, 5, 6, 3])
})

test('of a long drag only its end is asked for, and nothing behind the last row', async () => {
  const { asked, loader, answer } = server()
  for (let chunk = 0; chunk < 100; chunk++) loader.want(chunk, chunk)
  expect(asked).toEqual([0, 1])
  await answer(0, 1)
  expect(asked).toEqual([0, 1, 99, 98])
})

test('a chunk that cannot be read is said and not asked for again until it is wanted again', async () => {
  const { asked, failures, loader, answer } = server()
  loader.want(66, 66)
  await answer(66, 67)
  expect([failures, asked]).toEqual([['no such rows'], [66, 67, 65]])
  loader.want(66, 66)
  await answer(65)
  expect(asked).toEqual([66, 67, 65, 66])
})

test('what comes after it was closed is dropped', async () => {
  const { shown, loader, answer } = server()
  loader.want(1, 1)
  loader.close()
  await answer(1)
  expect(shown).toEqual([])
})
