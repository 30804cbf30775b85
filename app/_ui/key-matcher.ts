/** The part of a `KeyboardEvent` that matters here. */
export type Stroke = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  /** Milliseconds. */
  timeStamp: number
}

/** Between the strokes of a sequence such as `d d`. */
const sequenceMs = 800

/** Whether a stroke is the chord. Punctuation is compared as typed (`?`), whatever Shift made it. */
export function isChord(stroke: Stroke, chord: string): boolean {
  const parts = chord.toLowerCase().split('+')
  const key = parts.pop() || '+'
  const typed = stroke.key.toLowerCase()
  if (typed !== (names[key] ?? key)) return false
  const mod = parts.includes('mod')
  const control = stroke.ctrlKey || stroke.metaKey
  if (mod || parts.includes('ctrl') ? !control : control) return false
  if (parts.includes('alt') !== stroke.altKey) return false
  const shiftless = typed.length === 1 && typed !== ' ' && typed.toUpperCase() === typed
  return shiftless || parts.includes('shift') === stroke.shiftKey
}

const names: Record<string, string> = {
  esc: 'escape',
  space: ' ',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
}

/** A matcher that remembers the strokes of unfinished sequences; it answers the first binding that a stroke completes. */
export function createKeyMatcher() {
  let pending: Stroke[] = []
  return <T extends { keys: string }>(stroke: Stroke, bindings: T[]): T | undefined => {
    if (modifiers.has(stroke.key)) return
    const last = pending.at(-1)
    if (last && stroke.timeStamp - last.timeStamp > sequenceMs) pending = []
    const strokes = [...pending, stroke].slice(-3)
    const found = bindings.find(({ keys }) => {
      const chords = keys.split(' ')
      const tail = strokes.slice(-chords.length)
      return tail.length === chords.length && chords.every((chord, i) => isChord(tail[i]!, chord))
    })
    pending = found ? [] : strokes
    return found
  }
}

const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta'])
