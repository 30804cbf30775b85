import { csvParseRows } from 'd3-dsv'
import { expect, test } from 'vitest'
import { createCsvParser } from '../../../../lib/serving/jobs/rows/csv-parser'

/** The fields of a text that comes in pieces of so many characters. */
function parse(text: string, size: number) {
  const { push } = createCsvParser()
  const lines = []
  for (let at = 0; at < text.length; at += size) lines.push(...push(text.slice(at, at + size)))
  return [...lines, ...push('', true)]
}
const fieldsOf = (text: string, size = text.length || 1) => parse(text, size).map(({ fields }) => fields)

const texts = [
  'a,b\n1,2\n',
  'a,b\r\n1,2\r\n3,4',
  'a,b\r1,2\r3,',
  '"a ""quoted"" name","with, comma"\n"two\nlines",""\n',
  'a\n""\n"x"\n',
  '5" pipe,3\n6,"7"\n',
  'a,b,\n,,\n',
  'ä,€\n😀,"😀,😀"\n',
]

test.each(texts)('%j is read as d3 reads it, wherever it is cut', (text) => {
  const whole = csvParseRows(text).filter((row) => row.length > 1 || row[0] !== '')
  for (let size = 1; size <= text.length; size++) expect(fieldsOf(text, size)).toEqual(whole)
})

test('what follows a closing quote belongs to the value', () => {
  expect(fieldsOf('"a"x,b\n')).toEqual([['ax', 'b']])
})

test('lines are numbered as in the file, over empty ones and those within quotes', () => {
  const text = 'a,b\n\n"1\n1",2\r\n3,4\n'
  for (const size of [1, 2, 5, 100])
    expect(parse(text, size).map(({ fields, line }) => [line, ...fields])).toEqual([
      [1, 'a', 'b'],
      [3, '1\n1', '2'],
      [5, '3', '4'],
    ])
})

test('a quote that is never closed is named by its line', () => {
  expect(() => fieldsOf('a,b\n1,2\n3,"4\n5,6\n')).toThrow(
    'line 3: a quote is opened and never closed; quotes within a value are doubled',
  )
})

test('a line without an end is not gathered for ever', () => {
  const { push } = createCsvParser()
  const long = 'x'.repeat(2 ** 20 + 1)
  expect(() => push(long)).toThrow('line 1 is longer than 1048576 characters')
})
