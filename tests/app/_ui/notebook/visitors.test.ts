import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Visitor } from '../../../../app/_ui/notebook/view'
import { visitorColor, watchVisitors } from '../../../../app/_ui/notebook/visitors'

function page(clientId: number) {
  const document = new Y.Doc()
  document.clientID = clientId
  return new Awareness(document)
}

test('a person with two pages is one visitor, and the second page of oneself is none', () => {
  const mine = page(1)
  let told: Visitor[] = []
  const end = watchVisitors(mine, 'me', (visitors) => {
    told = visitors
  })
  const come = (clientId: number, user: { id: string; name: string }) => {
    const other = page(clientId)
    other.setLocalStateField('user', user)
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(other, [clientId]), 'line')
    other.destroy()
  }
  come(2, { id: 'me', name: 'Me' })
  expect(told).toEqual([])
  come(3, { id: 'ada', name: 'Ada' })
  come(4, { id: 'ada', name: 'Ada' })
  come(5, { id: 'grace', name: 'Grace' })
  expect(told).toEqual([
    { id: 'ada', name: 'Ada', color: visitorColor('ada'), clients: [3, 4] },
    { id: 'grace', name: 'Grace', color: visitorColor('grace'), clients: [5] },
  ])
  end()
  mine.destroy()
})
