import { expect, test } from 'vitest'
import { createStops } from '../../../kernel/host/stops'
import type { HostMessage } from '../../../lib/protocol/kernel'

const forget = (cellId: string): HostMessage => ({ type: 'forget', cellId })

test('while a Stop is under way messages wait for its answer, and keep their order', () => {
  const written: HostMessage[] = []
  const stops = createStops((messages) => written.push(...messages))
  stops.send(forget('before'))
  stops.began(4)
  stops.send(forget('first'))
  stops.send(forget('second'))
  expect(written).toEqual([forget('before')])
  stops.ended(4)
  stops.send(forget('after'))
  expect(written).toEqual([forget('before'), forget('first'), forget('second'), forget('after')])
})

test('the answer to an older Stop frees nothing, one to a newer frees all', () => {
  const written: HostMessage[] = []
  const stops = createStops((messages) => written.push(...messages))
  stops.began(4)
  stops.send(forget('held'))
  stops.ended(3)
  expect(written).toEqual([])
  stops.began(7)
  stops.ended(4)
  expect(written).toEqual([])
  stops.ended(7)
  expect(written).toEqual([forget('held')])
})
