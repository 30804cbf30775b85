import { expect, test } from 'vitest'
import { executedText } from '../../../lib/notebook/executed-text'

test('code runs as it is, SQL as the call of its query, text and empty cells not at all', () => {
  expect([
    executedText({ kind: 'code', source: 'a + 1' }),
    executedText({ kind: 'sql', source: 'SELECT 1', result: 'one' }),
    executedText({ kind: 'sql', source: '  \n', result: 'one' }),
    executedText({ kind: 'markdown', source: '# a' }),
  ]).toEqual(['a + 1', "const one = await (await import('cellar')).sql`SELECT 1`;\none", '', ''])
})
