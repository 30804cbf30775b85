import type { Cell } from './document'
import { sqlToTypeScript } from './sql/to-typescript'

/**
 * The TypeScript that a kernel runs for a cell, and by which the graph knows what it uses and whether it ran: its own
 * text, or for an SQL cell the call of its query. Empty for a cell that runs nothing.
 */
export function executedText({ kind, source, result }: Pick<Cell, 'kind' | 'source' | 'result'>): string {
  if (kind === 'markdown' || source.trim() === '') return ''
  return kind === 'sql' ? sqlToTypeScript(source, result) : source
}
