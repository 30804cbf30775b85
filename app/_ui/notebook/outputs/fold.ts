/** A stream's text as far as a page draws it. */
export type Folded = {
  head: string[]
  /** Shown below the fold; empty when everything is in `head`. */
  tail: string[]
  /** Lines between head and tail that are kept but not drawn; undefined while counting them would cost too much. */
  hidden: number | undefined
  /** UTF-16 units of the same. */
  hiddenSize: number
}

const headLines = 24
const tailLines = 6
/** Above this size the lines of a growing text are not counted at every frame. */
const countedSize = 200_000

/**
 * Folds a text: the first 24 lines and the last 6 of it. Reads only its two ends, whatever its size, unless
 * `exact` asks for the number of lines between.
 */
export function fold(text: string, exact: boolean): Folded {
  const start = nthLineEnd(text, headLines)
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  if (start >= end) return { head: lines(text.slice(0, end)), tail: [], hidden: 0, hiddenSize: 0 }
  const tailStart = Math.max(start, lastLines(text, end, tailLines))
  const head = lines(text.slice(0, start - 1))
  const tail = lines(text.slice(tailStart, end))
  const hiddenSize = tailStart - start
  const counted = exact || hiddenSize < countedSize
  const hidden = counted ? newlines(text, start, tailStart) : undefined
  // A fold that hides less than it says is no fold.
  if (hidden !== undefined && hidden <= 4)
    return { head: lines(text.slice(0, end)), tail: [], hidden: 0, hiddenSize: 0 }
  return { head, tail, hidden, hiddenSize }
}

const lines = (text: string) => text.split('\n')

/** Offset behind the nth newline, or the text's length where it has fewer. */
function nthLineEnd(text: string, n: number) {
  let at = 0
  for (let i = 0; i < n; i++) {
    const next = text.indexOf('\n', at)
    if (next < 0) return text.length
    at = next + 1
  }
  return at
}

function lastLines(text: string, end: number, n: number) {
  let at = end
  for (let i = 0; i < n; i++) {
    const before = text.lastIndexOf('\n', at - 1)
    if (before < 0 || at === 0) return 0
    at = before
  }
  return at + 1
}

function newlines(text: string, from: number, to: number) {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
