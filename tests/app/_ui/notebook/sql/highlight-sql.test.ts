// biome-ignore-all lint/suspicious/noTemplateCurlyInString: SQL with placeholders in strings
import { expect, test } from 'vitest'
import { highlightSql } from '../../../../../app/_ui/notebook/sql/highlight-sql'

test('SQL in coloured pieces, whose texts joined are the source', () => {
  const source = "Select a.b, 'it''s' -- why\nFROM \"x\" WHERE n > 1.5 AND m = ${ {a: '}'} } "
  const pieces = highlightSql(source)
  expect(pieces.map(({ text }) => text).join('')).toBe(source)
  expect(pieces.filter(({ kind }) => kind !== 'plain')).toEqual([
    { kind: 'keyword', text: 'Select' },
    { kind: 'string', text: "'it''s'" },
    { kind: 'comment', text: '-- why' },
    { kind: 'keyword', text: 'FROM' },
    { kind: 'keyword', text: 'WHERE' },
    { kind: 'number', text: '1.5' },
    { kind: 'keyword', text: 'AND' },
    { kind: 'type', text: " {a: '}'} " },
  ])
})
