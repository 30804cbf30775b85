import { expect, test } from 'vitest'
import { completeSql, filesNamed, type SqlSchema } from '../../../../lib/notebook/sql/complete'

const schema: SqlSchema = {
  tables: [
    {
      name: 'people',
      columns: [
        { name: 'age', type: 'uint8' },
        { name: 'home town', type: 'string' },
      ],
    },
    { name: 'cities', columns: [{ name: 'id', type: 'INTEGER' }] },
    { name: 'data/regions.csv', columns: [{ name: 'region', type: 'VARCHAR' }] },
  ],
  files: ['data/regions.csv', 'sales.parquet'],
}

/** What is offered where `|` stands, but for keywords and functions; the text that it replaces in front. */
function offered(marked: string) {
  const offset = marked.indexOf('|')
  const source = marked.replace('|', '')
  const { from, suggestions } = completeSql(source, offset, schema)
  const own = suggestions.filter(({ kind }) => kind !== 'keyword' && kind !== 'function')
  return [source.slice(from, offset), ...own.map(({ insert }) => insert)]
}

const tables = ['people', 'cities', "'data/regions.csv'", "'sales.parquet'"]
const people = ['age', '"home town"', 'people']

test.each<[string, string, string[]]>([
  ['tables and files after FROM', 'SELECT * FROM |', ['', ...tables]],
  ['tables while one is typed', 'SELECT * FROM peo|', ['peo', ...tables]],
  ['tables after JOIN and a comma', 'FROM people JOIN |', ['', ...tables]],
  ['tables of WITH', 'WITH old AS (FROM people) SELECT * FROM |', ['', 'old', ...tables]],
  ['files in quotes', "FROM 'da|'", ["'da", "'data/regions.csv'", "'sales.parquet'"]],
  ['files in quotes that are open', "FROM 'sa|", ["'sa", "'data/regions.csv'", "'sales.parquet'"]],
  ['columns of what FROM names', 'SELECT a| FROM people', ['a', ...people]],
  ['columns of what is named in other letters', 'SELECT | FROM PEOPLE', ['', 'age', '"home town"', 'PEOPLE']],
  ['columns after a table and a dot', 'SELECT people.| FROM people, cities', ['', 'age', '"home town"']],
  ['columns after another name and a dot', 'SELECT c.i| FROM people p JOIN cities AS c', ['i', 'id']],
  ['columns of a file', "SELECT r.| FROM 'data/regions.csv' r", ['', 'region']],
  ['a file by its name', "SELECT regions.| FROM 'data/regions.csv'", ['', 'region']],
  ['columns of this statement alone', 'SELECT 1 FROM cities; SELECT | FROM people', ['', ...people]],
  ['nothing of a table that is not known', 'SELECT x.| FROM people', ['']],
  ['nothing in a comment', 'FROM people -- a|', ['']],
  ['nothing in a text', "SELECT * FROM people WHERE name = 'a|'", ['']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of SQL
  ['nothing in a placeholder', 'SELECT * FROM people WHERE age > ${le|}', ['']],
])('offers %s', (_, marked, expected) => {
  expect(offered(marked)).toEqual(expected)
})

test('keywords are written as the rest is', () => {
  const keyword = (source: string) =>
    completeSql(source, source.length, schema).suggestions.find(({ label }) => /^where$/i.test(label))?.insert
  expect(keyword('SELECT age FROM people wh')).toBe('WHERE')
  expect(keyword('select age from people wh')).toBe('where')
  expect(keyword('')).toBe('WHERE')
})

test('what is typed in quotes is replaced up to the closing one, which an editor sets by itself', () => {
  const places = ["FROM 'da'", "FROM 'da\nWHERE x", 'SELECT "ho" FROM people'].map((source) => {
    const { from, to } = completeSql(source, source.search(/(?<=a|ho)['"\n]/), schema)
    return source.slice(from, to)
  })
  expect(places).toEqual(["'da'", "'da", '"ho"'])
})

test('a column says its type and table', () => {
  expect(completeSql('SELECT  FROM cities', 7, schema).suggestions[0]).toEqual({
    label: 'id',
    insert: 'id',
    kind: 'column',
    detail: 'INTEGER · cities',
    rank: 0,
  })
})

test('the files of a statement are those that it reads', () => {
  expect(filesNamed("FROM 'a.csv'; SELECT 'b.csv' FROM 'c.csv' JOIN 'it''s.csv'", 20)).toEqual([
    'c.csv',
    "it's.csv",
  ])
})
