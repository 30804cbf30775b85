import { expect, test } from 'vitest'
import { findUnstorable } from '../../lib/storable'

test('names the place of a text that cannot be stored', () => {
  expect([
    findUnstorable({ title: 'a', more: [1, null, { text: 'é\n' }] }),
    findUnstorable({ title: 'a\0b' }),
    findUnstorable({ cells: [{ title: 'a' }, { title: '\0' }] }),
    findUnstorable('\0'),
  ]).toEqual([undefined, 'title', 'cells.1.title', ''])
})
