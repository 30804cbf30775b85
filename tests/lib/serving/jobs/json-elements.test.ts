import { expect, test } from 'vitest'
import { createElements } from '../../../../lib/serving/jobs/rows/json-elements'

function cut(text: string, size: number) {
  const elements = createElements()
  const found = []
  for (let at = 0; at < text.length; at += size) found.push(...elements.push(text.slice(at, at + size)))
  elements.end()
  return found
}

test.each([
  ['[1, 2]', ['1', '2']],
  [' [ {"a": [1, {"b": "]"}]} ,\n{"c": "\\"],["} ] ', ['{"a": [1, {"b": "]"}]}', '{"c": "\\"],["}']],
  ['[[1,2],[3,4]]\n', ['[1,2]', '[3,4]']],
  ['["\\\\", null]', ['"\\\\"', 'null']],
])('%j is cut into its elements, wherever it is cut itself', (text, expected) => {
  for (let size = 1; size <= text.length; size++) expect(cut(text, size)).toEqual(expected)
})

test.each([
  ['', 'the file is empty; send an array of records'],
  ['{"a": 1}', 'the file is no array of records; it must begin with ['],
  ['[]', 'the array is empty; send at least one record'],
  ['[1, 2', 'the array is not closed after element 1'],
  ['[1,, 2]', 'element 2 of the array is missing'],
  ['[1, 2,]', 'element 3 of the array is missing'],
  ['[1] 2', 'something follows the end of the array'],
  ['[1}]', 'element 1 of the array closes a brace that it never opened'],
])('%j is refused', (text, message) => {
  for (let size = 1; size <= text.length + 1; size++) expect(() => cut(text, size)).toThrow(message)
})
