import { expect, test } from 'vitest'
import { byDay, type RevisionLine, titleOf } from '../../../../../app/_ui/notebook/history/revision'

const line = (id: string, at: Date, name: string | null = null): RevisionLine => ({
  id,
  reason: 'run',
  name,
  restoredFrom: null,
  author: 'Ada',
  createdAt: at.toISOString(),
})
const now = new Date(2026, 10, 21, 9, 0, 0)

test('a history stands under its days', () => {
  const lines = [
    line('a', new Date(2026, 10, 21, 8)),
    line('b', new Date(2026, 10, 21, 0, 5)),
    line('c', new Date(2026, 10, 20, 23, 59)),
    line('d', new Date(2026, 9, 30, 12)),
  ]
  expect(byDay(lines, now).map(({ day, lines }) => [day, lines.map(({ id }) => id)])).toEqual([
    ['Today', ['a', 'b']],
    ['Yesterday', ['c']],
    ['Fri, 30 Oct 2026', ['d']],
  ])
})

test('a revision is called by its name, else by its moment and reason', () => {
  const at = new Date(2026, 10, 21, 8, 5, 9)
  expect(titleOf(line('a', at, 'before the split'), now)).toBe('before the split')
  expect(titleOf(line('a', at), now)).toMatch(/^Today, 0?8:05:09( AM)?, run$/)
})
