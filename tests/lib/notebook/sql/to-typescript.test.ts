// biome-ignore-all lint/suspicious/noTemplateCurlyInString: SQL with placeholders in strings
import { expect, test } from 'vitest'
import { sqlToTypeScript } from '../../../../lib/notebook/sql/to-typescript'
import { transformCell } from '../../../../lib/notebook/transform'

test('an SQL cell becomes a template whose lines stay where they are', () => {
  expect(sqlToTypeScript('SELECT *\nFROM people\nWHERE age > ${least}', 'old')).toBe(
    "void (() => [people]); const old = await (await import('cellar')).sql`SELECT *\nFROM people\nWHERE age > ${least}`;\nold",
  )
})

test('the graph sees its result as a definition, its tables and placeholders as references', () => {
  const { defs, refs } = transformCell(
    sqlToTypeScript('SELECT * FROM people JOIN cities USING (id) WHERE age > ${min(ages)}', 'old'),
  )
  expect({ defs: [...defs], refs: [...refs].sort() }).toEqual({
    defs: [['old', 'const']],
    refs: ['ages', 'cities', 'min', 'people'],
  })
})

test.each<[string, string, string]>([
  ['without a result name it is an expression', 'SELECT 1', "await (await import('cellar')).sql`SELECT 1`"],
  [
    'backslashes, backquotes and dollars are text',
    "SELECT '\\`$'",
    "await (await import('cellar')).sql`SELECT '\\\\\\`$'`",
  ],
  [
    'a placeholder in a comment is not evaluated',
    'SELECT 1 -- ${a}',
    "await (await import('cellar')).sql`SELECT 1 -- \\${a}`",
  ],
  ['an open brace in quotes is text', "SELECT '${'", "await (await import('cellar')).sql`SELECT '\\${'`"],
  [
    'a connection names the variable with the address',
    '-- connection: warehouse\nSELECT * FROM people',
    "await (await import('cellar')).sql.connection('warehouse', () => warehouse)`-- connection: warehouse\nSELECT * FROM people`",
  ],
])('%s', (_, sql, expected) => {
  expect(sqlToTypeScript(sql)).toBe(expected)
  expect(() => transformCell(expected)).not.toThrow()
})
