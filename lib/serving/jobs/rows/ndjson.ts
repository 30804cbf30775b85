import { JobFailed } from '../job-failed'
import { maxRowBytes, type Row, type Rows } from './row'
import { readText } from './text'

/** One JSON value in each line; empty lines are left out. A line that is not JSON fails alone. */
export async function* ndjsonRows(file: string): Rows {
  let rest = ''
  let line = 0
  let any = false
  const rowsOf = (lines: string[]) => {
    const rows: Row[] = []
    for (const text of lines) {
      line++
      if (text.trim() !== '') rows.push(rowOf(text, line))
    }
    any ||= rows.length > 0
    return rows
  }
  for await (const piece of readText(file)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    if (rest.length > maxRowBytes)
      throw new JobFailed(`line ${line + lines.length + 1} is longer than ${maxRowBytes} characters`)
    const rows = rowsOf(lines)
    if (rows.length > 0) yield rows
  }
  const rows = rowsOf([rest])
  if (rows.length > 0) yield rows
  if (!any) throw new JobFailed('the file is empty; send one record as JSON in each line')
}

function rowOf(text: string, line: number): Row {
  try {
    return { record: JSON.parse(text), bytes: text.length }
  } catch (error) {
    return { problem: `line ${line} is not JSON: ${(error as Error).message}`, bytes: text.length }
  }
}
