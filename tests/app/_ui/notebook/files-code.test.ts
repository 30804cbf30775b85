import { expect, test } from 'vitest'
import { codeThatReads, variableOf } from '../../../../app/_ui/notebook/panels/files/code'

test('code reads a file as its kind is read', () => {
  expect(['a/my points.csv', 'b.parquet', "it's.txt", 'x.bin'].map(codeThatReads)).toEqual([
    "import { dataset } from 'cellar'\n\nconst myPoints = await dataset('a/my points.csv')\nmyPoints",
    "import { sql } from 'cellar'\n\nconst b = await sql`FROM 'b.parquet'`\nb",
    "import { readFile } from 'node:fs/promises'\n\nconst itS = await readFile('it\\'s.txt', 'utf8')",
    "import { readFile } from 'node:fs/promises'\n\nconst x = await readFile('x.bin')",
  ])
})

test('a file gives its variable a name that is one', () => {
  expect(
    ['1.csv', '2024-sales.json.gz', 'Ü ber.txt', '.env', 'new.csv', 'sql.parquet'].map(variableOf),
  ).toEqual(['file1', 'file2024Sales', 'üBer', 'file', 'newData', 'sqlData'])
})
