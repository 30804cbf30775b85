import { alignCells, sameCell } from './align'
import type { Cell, CellKind } from './document'

/**
 * Notebook files: TypeScript cut into cells by comment lines.
 *
 *     // %% [markdown] A title
 *     // # Heading
 *
 *     // %%
 *     const a = 1
 *
 *     // %% [sql] name=grown
 *     // SELECT * FROM people WHERE age > 18
 *
 * What stands after `%%` (a title, metadata) is kept in the file, not in the cell. A line of a cell
 * that would read as a border is written with a backslash before its `%%`.
 */

const border = /^\/\/ ?%%(?:[ \t](.*))?$/
const escaped = /^(\/\/ ?)\\(\\*%%)/
const toEscape = /^(\/\/ ?)(\\*%%)/

/** One cell's stretch of a file: its border line (or '' above the first), its lines, the blank lines below. */
type Segment = { kind: CellKind; source: string; result?: string; head: string; body: string; tail: string }
type Content = Pick<Cell, 'kind' | 'source' | 'result'>

/**
 * The cells of a notebook file. Ids are `c1`, `c2`, … by page order, the same at each reading, unless `newId` says other.
 * Sources end without newline and have `\n` line ends, whatever the file has.
 */
export function parsePercent(text: string, newId = (index: number) => `c${index + 1}`): Cell[] {
  return parseFile(text).segments.map(({ kind, source, result }, index) => ({
    id: newId(index),
    kind,
    source,
    ...(result !== undefined && { result }),
  }))
}

/**
 * The file of these cells. With the `original` text that they were read from, all that was not edited stays
 * byte for byte: an unedited notebook gives `original` itself, an edited cell keeps its border line.
 */
export function formatPercent(cells: Content[], original = ''): string {
  const { preamble, segments } = parseFile(original)
  const eol = /\r\n/.test(original) ? '\r\n' : '\n'
  const from = alignCells(segments, cells)
  let text = preamble
  for (const [i, cell] of cells.entries()) {
    const index = from[i]
    const old = index === undefined ? undefined : segments[index]
    const follows = index !== undefined && (i === 0 ? index === 0 : from[i - 1] === index - 1)
    if (!follows && i > 0) text = separate(text, eol)
    text += formatCell(cell, old, i, eol)
  }
  const endsAsBefore = (from.at(-1) ?? -1) === segments.length - 1
  return endsAsBefore ? text : text.replace(/(\r?\n)(\r?\n)+$/, '$1')
}

function formatCell(cell: Content, old: Segment | undefined, index: number, eol: string) {
  if (old && sameCell(old, cell)) {
    const head = old.head === '' && index > 0 ? defaultHead(cell) + eol : old.head
    return head + old.body + old.tail
  }
  const lines = toLines(cell)
  // A text without a border line can stand only at the top of a file.
  const headless = old?.head === '' && index === 0 && cell.kind === 'code' && lines.length > 0
  const head = headless ? '' : headOf(cell, old) + eol
  return head + lines.map((line) => line + eol).join('') + (old?.tail ?? '')
}

function parseFile(text: string): { preamble: string; segments: Segment[] } {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const lines = text.slice(bom.length).match(/[^\n]*\n|[^\n]+$/g) ?? []
  const segments: Segment[] = []
  let preamble = bom
  let head = ''
  let body: string[] = []
  const end = () => {
    let size = body.length
    while (size > 0 && trimEnd(body[size - 1]!) === '') size--
    const tail = body.slice(size).join('')
    const lines = body.slice(0, size)
    // Blank lines above the first border are no cell.
    if (head === '' && lines.length === 0) preamble += tail
    else {
      const kind = kindOf(head)
      const result = kind === 'sql' ? resultIn.exec(trimEnd(head))?.[2] : undefined
      const source = fromLines(kind, lines.map(trimEnd))
      segments.push({ kind, source, ...(result && { result }), head, body: lines.join(''), tail })
    }
  }
  for (const line of lines) {
    if (border.test(trimEnd(line))) {
      end()
      head = line
      body = []
    } else body.push(line)
  }
  end()
  return { preamble, segments }
}

const trimEnd = (line: string) => line.replace(/\r?\n$/, '')

function kindOf(head: string): CellKind {
  if (/\[(markdown|md)\]/.test(head)) return 'markdown'
  return /\[sql\]/.test(head) ? 'sql' : 'code'
}

/** The variable that an SQL cell's border line names. */
const resultIn = /([ \t]name=)([A-Za-z_]\w*)(?=[ \t]|$)/

/** The border line of an edited cell: what stood there stays, but for the name of its result. */
function headOf(cell: Content, old: Segment | undefined) {
  if (!old?.head) return defaultHead(cell)
  const head = trimEnd(old.head)
  if (cell.result === old.result) return head
  const without = head.replace(resultIn, '')
  if (cell.result === undefined) return without
  const named = ` name=${cell.result}`
  return old.result === undefined ? head.replace(/\[sql\]/, `$&${named}`) : head.replace(resultIn, named)
}

function defaultHead({ kind, result }: Content) {
  if (kind === 'code') return '// %%'
  return `// %% [${kind}]${result === undefined ? '' : ` name=${result}`}`
}

function fromLines(kind: CellKind, lines: string[]) {
  const plain = lines.map((line) => line.replace(escaped, '$1$2'))
  return (kind !== 'code' ? plain.map((line) => line.replace(/^\/\/ ?/, '')) : plain).join('\n')
}

function toLines({ kind, source }: Content) {
  const lines = source.split(/\r?\n/)
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  const written = kind !== 'code' ? lines.map((line) => (line === '' ? '//' : `// ${line}`)) : lines
  return written.map((line) => line.replace(toEscape, '$1\\$2'))
}

/** Sets a blank line where the text does not end with one. */
function separate(text: string, eol: string) {
  if (text === '' || text === '\uFEFF') return text
  const ended = text.endsWith('\n') ? text : text + eol
  return /(^|\n)\r?\n$/.test(ended) ? ended : ended + eol
}
