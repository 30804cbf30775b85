/** The same names, those that come again with a number. DuckDB does not tell names apart by case. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let i = 1; taken.has(free.toLowerCase()); i++) free = `${name}_${i}`
    taken.add(free.toLowerCase())
    return free
  })
}
