import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatPercent, parsePercent } from '../../../lib/notebook/percent'

const code = (source: string) => ({ kind: 'code' as const, source })
const markdown = (source: string) => ({ kind: 'markdown' as const, source })
const contents = (text: string) => parsePercent(text).map(({ kind, source }) => ({ kind, source }))

test('borders cut a file into cells, and comment lines become Markdown', () => {
  const file = '// %% [markdown]\n// # Title\n//\n// text\n\n// %%\nconst a = 1\n\na\n'
  expect(parsePercent(file)).toEqual([
    { id: 'c1', kind: 'markdown', source: '# Title\n\ntext' },
    { id: 'c2', kind: 'code', source: 'const a = 1\n\na' },
  ])
})

test('cells become a file with a blank line between them', () => {
  expect(formatPercent([markdown('# Title\n\ntext'), code('const a = 1\n\na'), code('')])).toBe(
    '// %% [markdown]\n// # Title\n//\n// text\n\n// %%\nconst a = 1\n\na\n\n// %%\n',
  )
})

describe('an unedited file comes back byte for byte', () => {
  const files = {
    empty: '',
    'blank lines only': '\n\n',
    'no border': 'const a = 1\n',
    'no newline at the end': '// %%\nconst a = 1',
    'text above the first border': "import fs from 'node:fs'\n\n// %%\nfs",
    'titles and metadata': '// %% A title {"tags": ["x"]}\n1\n// %% [markdown] notes\n// hello\n',
    'many blank lines': '\n\n// %%\n\n\n1\n\n\n\n// %%\n\n\n\n',
    'windows line ends': '\uFEFF// %%\r\nconst a = 1\r\n\r\n// %% [md]\r\n//x\r\n',
    'tight borders': '//%%\n1\n//%% [markdown]\nnot a comment\n//   indented\n',
    'SQL cells': '// %% [sql] Old ones name=old\n// SELECT 1\n//\n//   -- 2\n\n// %% [sql]\n// SELECT 2\n',
    'escaped borders': '// %%\nconst s = `\n// \\%% no border\n`\n',
  }
  for (const [name, file] of Object.entries(files))
    test(name, () => expect(formatPercent(parsePercent(file), file)).toBe(file))
  for (const name of readdirSync('notebooks').filter((name) => name.endsWith('.ts')))
    test(name, () => {
      const file = readFileSync(`notebooks/${name}`, 'utf8')
      expect(formatPercent(parsePercent(file), file)).toBe(file)
      expect(formatPercent(parsePercent(file))).toBe(file)
    })
})

test('a cell whose text looks like a border survives', () => {
  const cells = [code('const s = `\n// %% no border\n// \\%% nor this\n`'), markdown('%% no\n\\%% border')]
  expect(contents(formatPercent(cells))).toEqual(cells)
})

test('an edit leaves the rest of the file as it was', () => {
  const file = '// %% One {"a": 1}\r\n1\r\n\r\n\r\n// %% Two\r\n2\r\n// %% [markdown] Three\r\n//three'
  const cells = parsePercent(file)
  cells[1]!.source = '2\n+ 2'
  expect(formatPercent(cells, file)).toBe(
    '// %% One {"a": 1}\r\n1\r\n\r\n\r\n// %% Two\r\n2\r\n+ 2\r\n// %% [markdown] Three\r\n//three',
  )
})

test('cells that were added, moved and deleted stand in the new order', () => {
  const file = '// %% One\n1\n\n// %% Two\n2\n\n// %% Three\n3\n'
  const [one, two, three] = parsePercent(file)
  expect(formatPercent([three!, one!, markdown('new'), two!], file)).toBe(
    '// %%\n3\n\n// %% One\n1\n\n// %% [markdown]\n// new\n\n// %% Two\n2\n',
  )
  expect(formatPercent([one!, two!], file)).toBe('// %% One\n1\n\n// %% Two\n2\n')
  expect(formatPercent([], file)).toBe('')
})

test('code above the first border gets one when a cell is put before it', () => {
  const file = 'const a = 1\n\n// %%\na\n'
  expect(formatPercent([markdown('hello'), ...parsePercent(file)], file)).toBe(
    '// %% [markdown]\n// hello\n\n// %%\nconst a = 1\n\n// %%\na\n',
  )
})

test('an SQL cell is its query in comment lines, and its border line names its result', () => {
  const cell = { kind: 'sql' as const, source: 'SELECT *\n\nFROM people', result: 'everyone' }
  const file = '// %% [sql] name=everyone\n// SELECT *\n//\n// FROM people\n'
  expect(formatPercent([cell])).toBe(file)
  expect(parsePercent(file)).toEqual([{ id: 'c1', ...cell }])
})

test('an SQL cell whose result has another name keeps the rest of its border line', () => {
  const file = '// %% [sql] Everyone name=everyone {"tags": []}\n// FROM people\n'
  const sql = (result?: string) => ({
    kind: 'sql' as const,
    source: 'FROM people',
    ...(result && { result }),
  })
  expect(formatPercent([sql('all_of_them')], file)).toBe(
    '// %% [sql] Everyone name=all_of_them {"tags": []}\n// FROM people\n',
  )
  expect(formatPercent([sql()], file)).toBe('// %% [sql] Everyone {"tags": []}\n// FROM people\n')
  expect(formatPercent([sql('one')], '// %% [sql]\n// FROM people\n')).toBe(
    '// %% [sql] name=one\n// FROM people\n',
  )
})
