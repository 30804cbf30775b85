import type { TableCell } from '../../../../../lib/protocol/tables'

/** A cell as it is drawn: numbers without the noise of binary fractions, times without what they leave at zero. */
export function cellText(value: TableCell, type: string): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return numberText(value)
  const text = String(value)
  return /^(date|timestamp|time)/i.test(type) ? timeText(text) : text.replace(/\s+/g, ' ')
}

function numberText(value: number) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value)
  return String(Number(value.toPrecision(10)))
}

const timeText = (iso: string) =>
  iso
    .replace(/T00:00:00(\.000)?Z$/, '')
    .replace(/(:\d\d)\.000Z$/, '$1Z')
    .replace('T', ' ')
