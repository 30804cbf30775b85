import { diffLines, diffWordsWithSpace } from 'diff'

/** A stretch of a line; `changed` where it differs from its counterpart. */
export type Piece = { text: string; changed: boolean }
export type DiffLine =
  | { type: 'same' | 'added' | 'removed'; pieces: Piece[] }
  /** Lines that read alike and are folded away. */
  | { type: 'skipped'; count: number }

/** How many lines that read alike stay around a change. */
const around = 3

/** Two texts as one list of lines; within lines that replace each other the words that differ are told apart. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const parts = diffLines(ended(before), ended(after))
  const lines: DiffLine[] = []
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!
    const next = parts[at + 1]
    if (part.removed && next?.added) {
      lines.push(...replaced(linesOf(part.value), linesOf(next.value)))
      at++
      continue
    }
    const type = part.added ? 'added' : part.removed ? 'removed' : 'same'
    for (const text of linesOf(part.value)) lines.push({ type, pieces: [{ text, changed: false }] })
  }
  return fold(lines)
}

/** A last line without its end would differ from the same line with one. */
const ended = (text: string) => (text === '' ? '' : `${text}\n`)

const linesOf = (text: string) => text.replace(/\n$/, '').split('\n')

function replaced(before: string[], after: string[]): DiffLine[] {
  const pairs = before.length === after.length ? before.map((line, i) => pieces(line, after[i]!)) : []
  const plain = (text: string) => [{ text, changed: false }]
  return [
    ...before.map((text, i) => ({ type: 'removed' as const, pieces: pairs[i]?.before ?? plain(text) })),
    ...after.map((text, i) => ({ type: 'added' as const, pieces: pairs[i]?.after ?? plain(text) })),
  ]
}

function pieces(before: string, after: string): { before: Piece[]; after: Piece[] } | undefined {
  const parts = diffWordsWithSpace(before, after)
  // Lines with nothing in common are not one line edited.
  if (!parts.some(({ added, removed, value }) => !added && !removed && value.trim() !== '')) return undefined
  return {
    before: parts
      .filter(({ added }) => !added)
      .map(({ value, removed }) => ({ text: value, changed: removed })),
    after: parts
      .filter(({ removed }) => !removed)
      .map(({ value, added }) => ({ text: value, changed: added })),
  }
}

function fold(lines: DiffLine[]): DiffLine[] {
  const near = lines.map(() => false)
  for (const [at, { type }] of lines.entries()) {
    if (type === 'same') continue
    for (let i = Math.max(0, at - around); i <= Math.min(lines.length - 1, at + around); i++) near[i] = true
  }
  const folded: DiffLine[] = []
  for (const [at, line] of lines.entries()) {
    const last = folded.at(-1)
    if (near[at]) folded.push(line)
    else if (last?.type === 'skipped') last.count++
    else folded.push({ type: 'skipped', count: 1 })
  }
  return folded
}
