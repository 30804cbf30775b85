import { expect, test } from 'vitest'
import { createDeadlines } from '../../../lib/serving/deadlines'

/** Deadlines of 100 ms on a clock that is turned by hand. */
function byHand() {
  const passed: string[] = []
  const timers: { at: number; run: () => void }[] = []
  let time = 0
  const deadlines = createDeadlines<string>(100, (thing) => passed.push(thing), {
    now: () => time,
    later: (run, ms) => timers.push({ at: time + ms, run }),
  })
  const turnTo = (at: number) => {
    time = at
    for (const timer of timers.splice(0)) {
      if (timer.at <= at) timer.run()
      else timers.push(timer)
    }
  }
  return { deadlines, passed, turnTo, timers: () => timers.map(({ at }) => at) }
}

test('What is still there passes at its own time, the rest is never spoken of', () => {
  const { deadlines, passed, turnTo } = byHand()
  deadlines.add('slow')
  deadlines.add('answered')
  turnTo(60)
  deadlines.add('slow, too')
  deadlines.delete('answered')
  turnTo(99)
  expect(passed).toEqual([])
  turnTo(100)
  expect(passed).toEqual(['slow'])
  turnTo(159)
  expect(passed).toEqual(['slow'])
  turnTo(160)
  expect(passed).toEqual(['slow', 'slow, too'])
})

test('However many there are, one timer waits for the oldest, and none when all are over', () => {
  const { deadlines, turnTo, timers } = byHand()
  deadlines.add('first')
  turnTo(10)
  deadlines.add('second')
  expect(timers()).toEqual([100])
  deadlines.delete('first')
  turnTo(100)
  expect(timers()).toEqual([110])
  deadlines.delete('second')
  turnTo(110)
  expect(timers()).toEqual([])
  deadlines.add('third')
  expect(timers()).toEqual([210])
})
