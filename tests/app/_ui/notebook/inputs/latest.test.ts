import { expect, test } from 'vitest'
import { createLatest } from '../../../../../app/_ui/notebook/inputs/latest'

test('of what comes while one value is sent, the newest is sent next, and nothing else', async () => {
  const sent: number[] = []
  const answers: (() => void)[] = []
  const send = createLatest((value: number) => {
    sent.push(value)
    return new Promise<void>((answered) => answers.push(answered))
  })
  for (const value of [1, 2, 3]) send(value)
  expect(sent).toEqual([1])
  answers[0]!()
  await Promise.resolve()
  expect(sent).toEqual([1, 3])
  answers[1]!()
  await Promise.resolve()
  await Promise.resolve()
  send(4)
  expect(sent).toEqual([1, 3, 4])
})
