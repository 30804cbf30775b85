import { JobFailed } from '../job-failed'
import { maxRowBytes } from './row'

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9

/**
 * Cuts the text of a JSON array, in pieces that may end anywhere, into the texts of its elements. Throws `JobFailed`
 * where it is no array, an element is too long, or the end is missing.
 */
export function createElements() {
  let text = ''
  /** How far `text` has been looked at, and where its element begins. */
  let at = 0
  let begin = 0
  let depth = 0
  let inString = false
  let phase: 'before' | 'first' | 'element' | 'after' = 'before'
  let count = 0

  const cut = (end: number, elements: string[]) => {
    const element = text.slice(begin, end).trim()
    if (element === '') throw new JobFailed(`element ${count + 1} of the array is missing`)
    elements.push(element)
    count++
    begin = end + 1
  }

  function push(more: string): string[] {
    text += more
    const elements: string[] = []
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (inString) {
        if (code === 92) at++
        else if (code === 34) inString = false
        continue
      }
      if (phase === 'before' || phase === 'after') {
        if (isSpace(code)) continue
        if (phase === 'after') throw new JobFailed('something follows the end of the array')
        if (code !== 91) throw new JobFailed('the file is no array of records; it must begin with [')
        phase = 'first'
        begin = at + 1
        continue
      }
      if (phase === 'first' && !isSpace(code)) {
        phase = code === 93 ? 'after' : 'element'
        if (phase === 'after') continue
      }
      if (code === 34) inString = true
      else if (code === 91 || code === 123) depth++
      else if (code === 93 || code === 125) {
        if (depth > 0) depth--
        else if (code === 93) {
          cut(at, elements)
          phase = 'after'
        } else throw new JobFailed(`element ${count + 1} of the array closes a brace that it never opened`)
      } else if (code === 44 && depth === 0) cut(at, elements)
    }
    const keep = phase === 'after' ? text.length : begin
    text = text.slice(keep)
    at -= keep
    begin -= keep
    if (text.length > maxRowBytes)
      throw new JobFailed(`element ${count + 1} of the array is longer than ${maxRowBytes} characters`)
    return elements
  }
  return {
    push,
    end() {
      if (phase === 'before') throw new JobFailed('the file is empty; send an array of records')
      if (phase !== 'after') throw new JobFailed(`the array is not closed after element ${count}`)
      if (count === 0) throw new JobFailed('the array is empty; send at least one record')
    },
  }
}
