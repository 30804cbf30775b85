import { expect, test } from 'vitest'
import { createDelivery } from '../../../kernel/host/delivery'
import { openSpool } from '../../../kernel/host/spool'
import type { KernelEvent } from '../../../lib/protocol/events'
import { temporary } from './support'

const event = (seq: number, epoch = 1, text = ''): KernelEvent => ({
  type: 'stream',
  cellId: 'c',
  executionId: 'x',
  name: 'stdout',
  text,
  epoch,
  seq,
  at: 0,
})

/** A web that commits when it is told to. */
function fakeWeb() {
  const got: number[][] = []
  const answers: ((ok: boolean) => void)[] = []
  const send = (events: KernelEvent[]) => {
    got.push(events.map(({ epoch, seq }) => epoch * 100 + seq))
    return new Promise<boolean>((done) => answers.push(done))
  }
  const turn = () => new Promise(setImmediate)
  return { got, answers, send, turn }
}

function begin(segmentBytes?: number) {
  const spool = openSpool(temporary(), segmentBytes)
  const web = fakeWeb()
  const delivery = createDelivery(spool, web.send)
  const put = (...events: KernelEvent[]) => {
    for (const each of events) {
      spool.append(each)
      delivery.push(each)
    }
  }
  return { spool, web, delivery, put }
}

test('events of one turn go out as one batch, without waiting for earlier ones', async () => {
  const { web, delivery, put } = begin()
  delivery.connected()
  put(event(1), event(2))
  await web.turn()
  put(event(3))
  await web.turn()
  expect([web.got, delivery.settled()]).toEqual([[[101, 102], [103]], false])
  for (const answer of web.answers) answer(true)
  await web.turn()
  expect(delivery.settled()).toBe(true)
})

test('what was not acknowledged before a break goes out again after it, with what came meanwhile', async () => {
  const { web, delivery, put } = begin()
  delivery.connected()
  put(event(1))
  await web.turn()
  put(event(2))
  await web.turn()
  web.answers[0]!(true)
  await web.turn()
  delivery.disconnected()
  put(event(3), event(1, 2))
  web.answers[1]!(true)
  await web.turn()
  delivery.connected()
  await web.turn()
  expect(web.got).toEqual([[101], [102], [102, 103, 201]])
})

test('a refused batch is sent again, and nothing after it before', async () => {
  const { web, delivery, put } = begin()
  delivery.connected()
  put(event(1))
  await web.turn()
  web.answers[0]!(false)
  await web.turn()
  put(event(2))
  await web.turn()
  expect(web.got).toEqual([[101]])
  await expect.poll(() => web.got).toEqual([[101], [101, 102]])
})

test('a slow web gets a bounded part at a time, in order, and all in the end', async () => {
  const { web, delivery, put } = begin(100_000)
  delivery.connected()
  for (let seq = 1; seq <= 60; seq++) {
    put(event(seq, 1, 'x'.repeat(200_000)))
    if (seq % 10 === 0) await web.turn()
  }
  expect(web.got.flat().length).toBeLessThan(40)
  for (let i = 0; i < web.answers.length; i++) {
    web.answers[i]!(true)
    await web.turn()
  }
  expect([web.got.flat(), delivery.settled()]).toEqual([Array.from({ length: 60 }, (_, i) => 101 + i), true])
})

test('web can ask for what it lacks', async () => {
  const { web, delivery, put } = begin()
  delivery.connected()
  put(event(1), event(2), event(3))
  await web.turn()
  web.answers[0]!(true)
  await web.turn()
  delivery.resend({ epoch: 1, seq: 1 })
  await web.turn()
  expect(web.got).toEqual([
    [101, 102, 103],
    [102, 103],
  ])
})

test('the end of a cell waits for a moment when the next one has begun, and goes with its end', async () => {
  const { web, delivery, put } = begin()
  delivery.connected()
  const of = { type: 'execution', cellId: 'c', executionId: 'x', epoch: 1, at: 0 } as const
  put(
    { ...of, seq: 1, state: 'running' },
    { ...of, seq: 2, state: 'done' },
    { ...of, seq: 3, state: 'running' },
  )
  await web.turn()
  expect(web.got).toEqual([])
  put({ ...of, seq: 4, state: 'done' }, { type: 'status', state: 'idle', epoch: 1, seq: 5, at: 0 })
  await web.turn()
  expect(web.got).toEqual([[101, 102, 103, 104, 105]])
  put({ ...of, seq: 6, state: 'done' }, { ...of, seq: 7, state: 'running' })
  await expect.poll(() => web.got.length).toBe(2)
})
