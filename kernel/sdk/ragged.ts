/** What is wrong with the rows of delimited text: one of another length than the head, or a quote without its end. */
export function findRagged(text: string, delimiter: ',' | '\t'): string | undefined {
  const separator = delimiter.charCodeAt(0)
  let line = 1
  let begin = 1
  let values = 1
  let head: number | undefined
  let atStart = true
  let empty = true
  /** Of a value's opening quote: its line. */
  let quoted: number | undefined

  const end = () => {
    const count = values
    values = 1
    if (empty) return undefined
    empty = true
    if (head === undefined) head = count
    if (count === head) return undefined
    return `line ${begin} has ${count} ${count === 1 ? 'value' : 'values'}, the head has ${head}`
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quoted !== undefined) {
      if (code === newline) line++
      else if (code === quote) {
        if (text.charCodeAt(at + 1) === quote) at++
        else quoted = undefined
      }
    } else if (code === newline) {
      const ragged = end()
      if (ragged) return ragged
      begin = ++line
      atStart = true
      continue
    } else if (code === separator) {
      values++
      atStart = true
      empty = false
      continue
    } else if (code === quote && atStart) {
      quoted = line
      empty = false
    } else if (code !== carriageReturn) empty = false
    atStart = false
  }
  if (quoted !== undefined) return `the quote that opens in line ${quoted} is never closed`
  return end()
}

const newline = 10
const carriageReturn = 13
const quote = 34
