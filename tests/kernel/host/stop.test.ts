import { expect, test } from 'vitest'
import { createStop } from '../../../kernel/host/stop'

const long = 60_000

test('a Stop is over with the end of the execution that it is meant for, and with that of no other', async () => {
  const stop = createStop(long)
  let isOver = false
  const stopped = stop
    .begin((meantFor) => meantFor(4))
    .finally(() => {
      isOver = true
    })
  stop.executionEnded(3)
  stop.stuck(3)
  await Promise.resolve()
  expect(isOver).toBe(false)
  stop.executionEnded(4)
  expect(await stopped).toBe(true)
})

test('a Stop that is meant for none is over, and so is one whose kernel has ended', async () => {
  const stop = createStop(long)
  expect(await stop.begin((meantFor) => meantFor(undefined))).toBe(true)
  const stopped = stop.begin((meantFor) => meantFor(4))
  stop.kernelEnded()
  expect(await stopped).toBe(true)
})

test('a Stop fails where its kernel is stuck, and where patience ends before it is known what it is meant for', async () => {
  const stop = createStop(long)
  const stopped = stop.begin((meantFor) => meantFor(4))
  stop.stuck(4)
  expect(await stopped).toBe(false)
  expect(await createStop(1).begin(() => {})).toBe(false)
})
