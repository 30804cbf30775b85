/**
 * Where in a value of JSON or a query a text holds U+0000, which PostgreSQL stores in no text: `cells.0.title`, or an
 * empty path for the value itself. Undefined where everything can be stored.
 */
export function findUnstorable(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? '' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = findUnstorable(inner)
    if (found !== undefined) return found ? `${name}.${found}` : name
  }
}
