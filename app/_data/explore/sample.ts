import { rowColumn } from '../../../lib/protocol/dataset-file'
import { quoted } from '../duck'

/** About `size` of `rows` rows as a condition of SQL, always the same ones; all where there are no more. */
export function sampled(rows: number, size: number): string {
  return rows <= size ? 'true' : `hash(${quoted(rowColumn)}) % ${Math.ceil(rows / size)} = 0`
}
