import type { TableOutput } from '../../../../../lib/protocol/mime'
import { cellText } from './cell-text'

const letter = 7.1
const padding = 26
/** Of the column's buttons beside its name. */
const buttons = 40
const narrowest = 108
/** A fraction as it is drawn, at its longest: other pages have longer ones than the first. */
const fraction = 15
const widest = 300

/** Each column's width by the rows that came with the table: the next page must not move the columns. */
export function columnWidths({ columns, head }: Pick<TableOutput, 'columns' | 'head'>): number[] {
  return columns.map(({ name, type }, i) => {
    const lengths = head.slice(0, 50).map((row) => cellText(row[i] ?? null, type).length)
    const fractions = head.some((row) => typeof row[i] === 'number' && !Number.isInteger(row[i]))
    const longest = Math.max(type.length + 4, fractions ? fraction : 0, ...lengths)
    const wanted = Math.max(longest * letter, name.length * (letter + 0.6) + buttons) + padding
    return Math.round(Math.min(widest, Math.max(narrowest, wanted)))
  })
}
