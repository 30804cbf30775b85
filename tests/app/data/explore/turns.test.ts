import { expect, test } from 'vitest'
import { createTurns } from '../../../../app/_data/explore/turns'

function deferred() {
  let resolve!: () => void
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test('no more than so many run at once, in the order in which they came', async () => {
  const take = createTurns(1)
  const said: string[] = []
  const first = deferred()
  const all = [
    take('a', async () => {
      said.push('a begins')
      await first.promise
      said.push('a ends')
    }),
    take('b', async () => void said.push('b')),
    take('c', async () => void said.push('c')),
  ]
  first.resolve()
  await Promise.all(all)
  expect(said).toEqual(['a begins', 'a ends', 'b', 'c'])
})

test('a question of the same asker ends the one that runs, and the one that waits', async () => {
  const take = createTurns(1)
  const said: string[] = []
  const ending = deferred()
  const runs = take('page', async (turn) => {
    turn.onEnd = () => {
      said.push('interrupted')
      ending.resolve()
    }
    await ending.promise
    turn.check()
  })
  const refused = { status: 409, code: 'asked_anew' }
  const [one, two, three] = [
    expect(runs).rejects.toMatchObject(refused),
    expect(take('page', async () => void said.push('never'))).rejects.toMatchObject(refused),
    take('page', async () => 'the newest'),
  ]
  await Promise.all([one, two])
  expect([await three, said]).toEqual(['the newest', ['interrupted']])
  expect(await take('page', async () => 'later')).toBe('later')
})

test('what fails lets the next run', async () => {
  const take = createTurns(1)
  const fails = expect(
    take('a', async () => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await take('b', async () => 'yes')).toBe('yes')
  await fails
})
