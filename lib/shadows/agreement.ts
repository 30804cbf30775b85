/**
 * How many records two versions decide alike for. What a prediction decides is its text and its yes or no, where it has
 * any; else the place of the largest of several numbers, as of the probabilities of classes; else its number, to a
 * millionth of its size.
 */
export function countAgreed(real: readonly unknown[], shadow: readonly unknown[]): number {
  let agreed = 0
  for (let i = 0; i < real.length; i++) if (i < shadow.length && decidesAlike(real[i], shadow[i])) agreed++
  return agreed
}

const tolerance = 1e-6

function decidesAlike(a: unknown, b: unknown): boolean {
  const [left, right] = [decisionOf(a), decisionOf(b)]
  if (left.length !== right.length) return false
  return left.every((value, i) => {
    const other = right[i]!
    if (typeof value !== 'number' || typeof other !== 'number') return value === other
    return value === other || Math.abs(value - other) <= tolerance * Math.max(1, Math.abs(value))
  })
}

/** Names of fields and their values, in the order of the names. */
type Decision = (string | number)[]

function decisionOf(prediction: unknown): Decision {
  const words: Decision = []
  const numbers: Decision = []
  const visit = (value: unknown, at: string) => {
    if (typeof value === 'number') numbers.push(at, value)
    else if (isNumbers(value)) numbers.push(at, `largest ${value.indexOf(Math.max(...value))}`)
    else if (Array.isArray(value)) for (const [i, each] of value.entries()) visit(each, `${at}[${i}]`)
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        visit(each, `${at}.${name}`)
    else words.push(at, String(value))
  }
  visit(prediction, '')
  return words.length > 0 ? words : numbers
}

/** More than a few thousand are no classes, and would be too many arguments. */
const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length > 1 &&
  value.length <= 10_000 &&
  value.every((each) => typeof each === 'number')
