import { JobFailed } from '../job-failed'
import { maxRowBytes } from './row'

/** One line of CSV: its fields, and the number of the file's line where it begins. */
export type CsvLine = { fields: string[]; line: number; chars: number }

const quote = 34
const comma = 44
const newline = 10
const carriageReturn = 13

/**
 * CSV as d3-dsv reads it where it is well formed (RFC 4180, lines ending in CR, LF or both), in pieces: the text so far may end anywhere. A
 * quote opens only at the beginning of a field. Empty lines are left out.
 */
export function createCsvParser() {
  let text = ''
  let line = 1

  /** Lines that are whole. `last`: nothing follows. Throws `JobFailed` where a line is too long, or a quote never closed. */
  function push(more: string, last = false): CsvLine[] {
    text += more
    const lines: CsvLine[] = []
    let begin = 0
    let lineNow = line
    for (;;) {
      const found = scanLine(text, begin, last)
      if (found === 'unclosed') throw unclosed(lineNow)
      if (!found) break
      const { fields, end, newlines } = found
      if (fields.length > 1 || fields[0] !== '') lines.push({ fields, line: lineNow, chars: end - begin })
      lineNow += newlines
      begin = end
    }
    text = text.slice(begin)
    line = lineNow
    if (text.length > maxRowBytes) throw tooLong(line, text)
    return lines
  }
  return { push }
}

const unclosed = (line: number) =>
  new JobFailed(`line ${line}: a quote is opened and never closed; quotes within a value are doubled`)

const tooLong = (line: number, text: string) =>
  text.includes('"')
    ? new JobFailed(`line ${line}: a quote is opened and not closed within ${maxRowBytes} characters`)
    : new JobFailed(`line ${line} is longer than ${maxRowBytes} characters`)

/** One line from `begin`. Undefined where its end has not come yet. */
function scanLine(text: string, begin: number, last: boolean) {
  const { length } = text
  if (begin === length) return
  const fields: string[] = []
  let newlines = 0
  for (let at = begin; ; ) {
    let value: string
    if (text.charCodeAt(at) === quote) {
      let close = at + 1
      let doubled = false
      for (;;) {
        close = text.indexOf('"', close)
        if (close < 0) return last ? ('unclosed' as const) : undefined
        if (close + 1 === length && !last) return
        if (text.charCodeAt(close + 1) !== quote) break
        doubled = true
        close += 2
      }
      value = text.slice(at + 1, close)
      for (let i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) newlines++
      if (doubled) value = value.replaceAll('""', '"')
      at = endOfField(text, close + 1)
      // What follows a closing quote belongs to the value, as for Python's reader: nothing is lost.
      value += text.slice(close + 1, at)
    } else {
      const end = endOfField(text, at)
      value = text.slice(at, end)
      at = end
    }
    if (at >= length) {
      if (!last) return
      fields.push(value)
      return { fields, end: at, newlines }
    }
    const mark = text.charCodeAt(at)
    fields.push(value)
    if (mark === comma) {
      at++
      if (at === length && !last) return
      continue
    }
    // A CR at the end of what is known may be half of a CRLF.
    if (mark === carriageReturn && at + 1 === length && !last) return
    const end = mark === carriageReturn && text.charCodeAt(at + 1) === newline ? at + 2 : at + 1
    return { fields, end, newlines: newlines + 1 }
  }
}

function endOfField(text: string, from: number) {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === comma || code === newline || code === carriageReturn) return at
  }
  return text.length
}
