/** Rows as aligned text: numbers to the right, the rest to the left. */
export function textTable(names: string[], rows: unknown[][], widest = 40): string {
  const text = rows.map((row) => row.map((cell) => cut(cell === null ? '' : String(cell), widest)))
  const heads = names.map((name) => cut(name, widest))
  const widths = heads.map((head, i) => Math.max(head.length, ...text.map((row) => row[i]!.length)))
  const right = heads.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'))
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [line(heads), ...text.map(line)].join('\n')
}

const cut = (text: string, length: number) => {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat
}
