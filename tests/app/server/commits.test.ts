import { expect, test } from 'vitest'
import { createCommits, type Gathering } from '../../../app/_server/commits'

/** Adds a, b and c in one turn, and d after their writes. */
async function writesOf(gathering: Gathering) {
  const writes: string[][] = []
  const commits = createCommits<string>(async (items) => void writes.push(items), gathering)
  await Promise.all(['a', 'b', 'c'].map(commits.add))
  await commits.add('d')
  await commits.settled()
  return writes
}

test('the first item is written at once, and what comes meanwhile together', async () => {
  expect(await writesOf({})).toEqual([['a'], ['b', 'c'], ['d']])
})

test('an item that may linger is written with those that come soon after it', async () => {
  expect(await writesOf({ lingerMs: 5 })).toEqual([['a', 'b', 'c'], ['d']])
})

test('a full write waits for nobody', async () => {
  expect(await writesOf({ lingerMs: 5, most: 1 })).toEqual([['a'], ['b'], ['c'], ['d']])
})

test('an item that is refused does not take the others of its write along', async () => {
  const kept: string[] = []
  const commits = createCommits<string>(
    async (items) => {
      if (items.includes('bad')) throw new Error('refused: bad')
      kept.push(...items)
    },
    { lingerMs: 5 },
  )
  const settled = await Promise.allSettled(['a', 'bad', 'c'].map(commits.add))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(kept).toEqual(['a', 'c'])
})
