import { expect, test } from 'vitest'
import { tablesIn } from '../../../../lib/notebook/sql/tables'

test.each<[string, string, string[]]>([
  ['of FROM', 'SELECT * FROM people WHERE city = home', ['people']],
  ['of FROM without SELECT', 'FROM people', ['people']],
  ['of a join', 'SELECT * FROM people p JOIN cities c ON p.city = c.id', ['people', 'cities']],
  ['after commas in FROM alone', 'SELECT a, b FROM people p, cities ORDER BY a, b', ['people', 'cities']],
  ['in quotes', 'SELECT * FROM "my people"', ['my people']],
  ['of a query inside', 'SELECT * FROM (SELECT * FROM people) q, cities', ['people', 'cities']],
  ['in a condition', 'SELECT 1 WHERE EXISTS (SELECT 1 FROM people)', ['people']],
  [
    'but not those of WITH',
    'WITH old AS (SELECT * FROM people), o2(a) AS (FROM old) SELECT * FROM old, o2',
    ['people'],
  ],
  ['but no functions, files or schemas', "SELECT * FROM range(3), 'a.csv', information_schema.tables", []],
  [
    'but not what FROM of a function takes',
    'SELECT extract(year FROM day), trim(both FROM name) FROM people',
    ['people'],
  ],
  ['but not what IS DISTINCT FROM compares', 'SELECT a IS NOT DISTINCT FROM b FROM people', ['people']],
  [
    'of SUMMARIZE, PIVOT and INSERT',
    'SUMMARIZE people; PIVOT sales ON year; INSERT INTO log SELECT 1',
    ['people', 'sales', 'log'],
  ],
  ['but none in comments and texts', "SELECT 'FROM a' -- FROM b\n/* FROM c */ FROM people", ['people']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of SQL
  ['and none for a placeholder', 'SELECT * FROM ${table} WHERE a > ${[1].map(x => `${x}`)}', []],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of SQL
  ["and not a file's or placeholder's other name", "SELECT * FROM 'a.csv' p JOIN ${cities} c", []],
  ['of a text that ends early', 'SELECT * FROM', []],
])('the tables of a query: %s', (_, sql, expected) => {
  expect(tablesIn(sql)).toEqual(expected)
})
