import { expect, test } from 'vitest'
import type { Actions } from '../../../../app/_ui/notebook/actions'
import { deedsOf } from '../../../../app/_ui/notebook/deeds'
import { createStore } from '../../../../app/_ui/notebook/store'
import { initialView } from '../../../../app/_ui/notebook/view'

const deeds = deedsOf({} as Actions, createStore(initialView('test'))).flatMap((section) => section.deeds)
const keys = deeds.flatMap(({ keys = [], everywhere = [] }) => [...keys, ...everywhere])

test("Jupyter's keys of command mode are all there", () => {
  const jupyter = [
    'enter, shift+enter, mod+enter, alt+enter, esc, a, b, x, c, v, shift+v, z, shift+z, d d, m, y, 1, 2, 3, 4, 5, 6',
    'j, k, up, down, shift+j, shift+k, shift+up, shift+down, mod+a, shift+m, 0 0, i i, o, shift+o, l, shift+l',
    'space, shift+space, f, h',
  ].flatMap((line) => line.split(', '))
  expect(jupyter.filter((key) => !keys.includes(key))).toEqual([])
})

test('no two deeds have the same key, or one that a sequence begins with', () => {
  const clashes = keys.filter((key, i) =>
    keys.some((other, j) => i !== j && (other === key || other.startsWith(`${key} `))),
  )
  expect(clashes).toEqual([])
})

test('every deed is a line of the palette by a name of its own', () => {
  const ids = deeds.map(({ id }) => id)
  expect(ids.length).toBe(new Set(ids).size)
})
