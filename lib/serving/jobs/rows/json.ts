import { createElements } from './json-elements'
import type { Row, Rows } from './row'
import { readText } from './text'

/** A JSON array of records, read element by element. An element that is not JSON fails alone. */
export async function* jsonRows(file: string): Rows {
  const elements = createElements()
  let count = 0
  for await (const text of readText(file)) {
    const rows = elements.push(text).map((element) => rowOf(element, ++count))
    if (rows.length > 0) yield rows
  }
  elements.end()
}

function rowOf(text: string, number: number): Row {
  try {
    return { record: JSON.parse(text), bytes: text.length }
  } catch (error) {
    return { problem: `element ${number} is not JSON: ${(error as Error).message}`, bytes: text.length }
  }
}
