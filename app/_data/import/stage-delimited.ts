import { open, stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { maxColumns } from '../../../lib/protocol/dataset'
import type { ImportOptions } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'
import { literal, quoted, readAll } from '../duck'
import { parquetOptions } from '../parquet-options'
import { findDelimiter, looksLikeHeader, readRecords, tidyNames } from './delimited'
import { recordLines } from './record-lines'
import type { Rejected, Staged } from './staged'

/** Lines that are no rows: more are not told apart. */
const maxRejected = 100_000
const examples = 5
const headBytes = 1 << 20
/** The longest line, bytes: twice as much is held for each thread that reads. */
const maxLine = 4 * 2 ** 20

type Options = Pick<ImportOptions, 'delimiter' | 'header'> & { isTsv: boolean; target: string }

/** Reads delimited text in UTF-8 into columns of text. What cannot be a row is counted and left out. */
export async function stageDelimited(
  connection: DuckDBConnection,
  file: string,
  { delimiter: asked, header: wanted, isTsv, target }: Options,
): Promise<Pick<Staged, 'options' | 'rows' | 'columns' | 'rejected' | 'notices' | 'reading' | 'text'>> {
  const head = await readHead(file)
  if (head.trim() === '') throw new Refused(422, 'empty', 'the file is empty')
  const delimiter = asked ?? (isTsv ? '\t' : findDelimiter(head))
  const [blank, first] = firstRecord(head, delimiter)
  if (!first) throw new Refused(422, 'empty', 'the file is empty')
  if (first.values.length > maxColumns) {
    throw new Refused(
      422,
      'too_many_columns',
      `the first line has too many values, over ${maxColumns}: ${first.values.length}`,
    )
  }
  const header = wanted ?? looksLikeHeader(first.values)
  const { names, notices } = tidyNames(header ? first.values : first.values.map((_, i) => `column_${i + 1}`))
  const skip = header ? blank + first.lines : 0
  const columns = names.map((_, i) => `${literal(`c${i}`)}: 'VARCHAR'`)
  const rejects = `rejects_${Date.now().toString(36)}${Math.floor(Math.random() * 1e9).toString(36)}`
  try {
    await connection.run(
      `COPY (SELECT * FROM read_csv(${literal(file)}, auto_detect = false, header = false, skip = ${skip},
         delim = ${literal(delimiter)}, quote = '"', escape = '"', new_line = '\\n', columns = {${columns.join(', ')}},
         max_line_size = ${maxLine}, buffer_size = ${2 * maxLine}, store_rejects = true, rejects_limit = ${maxRejected},
         rejects_table = ${literal(rejects)}, rejects_scan = ${literal(`${rejects}_scan`)}))
       TO ${literal(target)} ${parquetOptions(names.length)}`,
    )
    const [count] = await readAll(connection, `SELECT count(*) FROM read_parquet(${literal(target)})`)
    const rows = Number(count![0])
    const found = await readAll(
      connection,
      `SELECT line, any_value(error_type), any_value(error_message), left(any_value(csv_line), 200)
       FROM ${quoted(rejects)} GROUP BY line ORDER BY line`,
    )
    const rejectedRecords = found.map(([line]) => Number(line) - (header ? first.lines - 1 : 0))
    const rejected = await describeRejected(file, delimiter, found, rejectedRecords)
    if (rows === 0 && rejected.count === 0)
      throw new Refused(422, 'no_rows', 'the file has a head, and no row below it')
    return {
      options: { delimiter, header },
      rows,
      columns: names.map((name, i) => ({ source: quoted(`c${i}`), name, native: null })),
      rejected,
      notices,
      reading: { decimalComma: delimiter === ';' || delimiter === '\t' },
      text: { file, delimiter, headRecords: header ? blank + 1 : 0, rejectedRecords },
    }
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${quoted(rejects)}`)
    await connection.run(`DROP TABLE IF EXISTS ${quoted(`${rejects}_scan`)}`)
  }
}

async function readHead(file: string): Promise<string> {
  const { size } = await stat(file)
  const handle = await open(file)
  try {
    const bytes = Buffer.alloc(Math.min(size, headBytes))
    await handle.read(bytes, 0, bytes.length, 0)
    return bytes.toString('utf8')
  } finally {
    await handle.close()
  }
}

/** The first record that is not blank, and how many lines stand before it. */
function firstRecord(head: string, delimiter: string) {
  const blank = /^([ \t]*\n)*/.exec(delimiter === '\t' ? head.replaceAll('\t', '\v') : head)![0]
  return [blank.split('\n').length - 1, readRecords(head.slice(blank.length), delimiter, 1)[0]] as const
}

async function describeRejected(
  file: string,
  delimiter: string,
  found: unknown[][],
  records: number[],
): Promise<Rejected> {
  const first = records.slice(0, examples)
  let left = first.length
  const lines = await recordLines(
    file,
    delimiter,
    ({ number }) => first.includes(number) && left-- > 0,
    () => left <= 0,
  )
  return {
    count: found.length,
    examples: found.slice(0, examples).map(([, type, message, text], i) => ({
      line: lines[i] ?? records[i]!,
      reason: reasonOf(String(type), String(message)),
      text: String(text ?? '').trimEnd(),
    })),
  }
}

function reasonOf(type: string, message: string): string {
  const [, expected, found] = /Columns: (\d+) Found: (\d+)/.exec(message) ?? []
  if (found) return `has ${found} ${found === '1' ? 'value' : 'values'}, the head has ${expected}`
  if (type === 'UNQUOTED VALUE') return 'has a quote that is not closed, or text behind a closed one'
  if (/LINE SIZE/.test(type)) return 'is longer than 4 MB'
  return message.toLowerCase()
}
