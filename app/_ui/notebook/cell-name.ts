/** A cell as the page calls it: `cell 3`. */
export function cellName(id: string, ids: readonly string[]): string {
  const at = ids.indexOf(id)
  return at < 0 ? 'a deleted cell' : `cell ${at + 1}`
}
