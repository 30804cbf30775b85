import { csvParseRows } from 'd3-dsv'
import type { FieldSchema } from '../../protocol/schema'
import { Refusal } from '../refusal'

/**
 * CSV with a header line to records, typed by the schema: `001` stays a text where a text is expected. An empty cell is
 * null where the field may be. Throws `Refusal` 400 that names line and column.
 */
export function parseCsv(bytes: Buffer, input: FieldSchema): Record<string, unknown>[] {
  if (input.type !== 'object')
    throw new Refusal(400, 'bad_csv', 'csv holds records with named fields; send this input as JSON')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(415, 'unsupported_type', 'the csv is not UTF-8; save it as UTF-8')
  }
  const [header, ...rows] = csvParseRows(text)
  if (!header || rows.length === 0)
    throw new Refusal(400, 'bad_csv', 'the csv needs a line of names and at least one of values')
  return rows
    .filter((row) => row.length > 1 || row[0] !== '')
    .map((row, i) => {
      if (row.length !== header.length)
        throw new Refusal(
          400,
          'bad_csv',
          `line ${i + 2}: expected ${header.length} values as in the header, got ${row.length}`,
        )
      return Object.fromEntries(header.map((name, at) => [name, typed(row[at]!, input.fields[name])]))
    })
}

/** A cell as its field expects it; what does not fit stays a text, which the check then names. */
export function typed(text: string, schema: FieldSchema | undefined): unknown {
  if (!schema) return text
  if (text === '' && schema.nullable) return null
  switch (schema.type) {
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'boolean':
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text
    case 'string':
      return text
    default:
      try {
        return JSON.parse(text)
      } catch {
        return text
      }
  }
}
