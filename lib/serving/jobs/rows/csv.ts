import type { FieldSchema } from '../../../protocol/schema'
import { typed } from '../../forms/csv'
import { JobFailed } from '../job-failed'
import { type CsvLine, createCsvParser } from './csv-parser'
import type { Row, Rows } from './row'
import { readText } from './text'

/** CSV with a line of names, typed by the schema as `text/csv` is in a request. */
export async function* csvRows(file: string, input: FieldSchema): Rows {
  if (input.type !== 'object')
    throw new JobFailed('csv holds records with named fields; send this input as NDJSON, JSON or Parquet')
  const parser = createCsvParser()
  let header: string[] | undefined
  const rowsOf = (lines: CsvLine[]): Row[] => {
    const rest = header ? lines : lines.slice(1)
    if (!header && lines[0]) header = checkHeader(lines[0].fields, input.fields)
    const names = header
    return names ? rest.map((line) => rowOf(line, names, input.fields)) : []
  }
  for await (const text of readText(file)) {
    const rows = rowsOf(parser.push(text))
    if (rows.length > 0) yield rows
  }
  const rows = rowsOf(parser.push('', true))
  if (!header) throw new JobFailed('the file is empty; a csv begins with a line of names')
  if (rows.length > 0) yield rows
}

/** Throws `JobFailed` where a column is missing, unknown or there twice: every row would fail alike. */
function checkHeader(header: string[], fields: Record<string, FieldSchema>): string[] {
  const names = Object.keys(fields)
  const twice = header.find((name, at) => header.indexOf(name) !== at)
  if (twice !== undefined) throw new JobFailed(`the csv has two columns with this name: ${twice}`)
  const unknown = header.filter((name) => !Object.hasOwn(fields, name))
  if (unknown.length > 0)
    throw new JobFailed(
      `the csv has columns that are no fields of this model: ${some(unknown)}; its fields: ${some(names)}`,
    )
  const missing = names.filter((name) => !header.includes(name) && !fields[name]!.nullable)
  if (missing.length > 0) throw new JobFailed(`the csv has no column for: ${some(missing)}`)
  return header
}

const some = (names: string[]) =>
  names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')}, … (${names.length} in all)`

function rowOf(
  { fields: cells, line, chars }: CsvLine,
  header: string[],
  fields: Record<string, FieldSchema>,
): Row {
  if (cells.length !== header.length)
    return {
      problem: `line ${line}: expected ${header.length} values as in the header, got ${cells.length}`,
      bytes: chars,
    }
  const record: Record<string, unknown> = {}
  for (let at = 0; at < header.length; at++) {
    const name = header[at]!
    record[name] = typed(cells[at]!, fields[name])
  }
  return { record, bytes: chars }
}
