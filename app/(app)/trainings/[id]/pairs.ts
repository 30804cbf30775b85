/** Two columns that belong together. */
export type Pair = { name: string; x: string; y: string }

/** Pairs of columns that begin with the same word: `sepal_length` and `sepal_width` are `sepal`. */
export function pairsOf(names: string[]): Pair[] {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const [word, rest] = name.split(/[\s_.-]+/, 2)
    if (word && rest) groups.set(word, [...(groups.get(word) ?? []), name])
  }
  return [...groups].flatMap(([name, [x, y, ...more]]) =>
    x !== undefined && y !== undefined && more.length === 0 ? [{ name, x, y }] : [],
  )
}
