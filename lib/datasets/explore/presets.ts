/** Two attributes that are looked at together. */
export type Preset = { label: string; x: string; y: string }

/** What measures one thing in two ways, in the order of the axes. */
const pairs = [
  ['length', 'width'],
  ['length', 'depth'],
  ['width', 'height'],
  ['longitude', 'latitude'],
  ['lon', 'lat'],
  ['x', 'y'],
  ['min', 'max'],
] as const

/**
 * Pairs of columns of numbers that have a prefix in common: `sepal_length` and `sepal_width` are the preset "Sepal". The
 * ending of columns with units (`bill_length_mm`) counts as part of both.
 */
export function presetsOf(columns: readonly string[]): Preset[] {
  const present = new Set(columns)
  const found = new Map<string, Preset>()
  for (const x of columns) {
    for (const [first, second] of pairs) {
      const match = new RegExp(`^(?:(.*)[ _.-])?${first}([ _.-].*)?$`, 'i').exec(x)
      if (!match) continue
      const at = match[1] === undefined ? 0 : match[1].length + 1
      const y = x.slice(0, at) + second + (match[2] ?? '')
      const label = titled(match[1] ?? `${first} and ${second}`)
      if (present.has(y) && !found.has(label)) found.set(label, { label, x, y })
    }
  }
  return [...found.values()]
}

const titled = (text: string) => {
  const words = text.replaceAll(/[_.-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
