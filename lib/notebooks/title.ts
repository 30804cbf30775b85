import { z } from 'zod'
import type { Cell } from '../notebook/document'

export const notebookTitle = z.string().trim().min(1, 'enter a title').max(200, 'use at most 200 characters')

/** A notebook's title from its first heading, else from its file's name: `iris-clusters.ts` → `Iris clusters`. */
export function titleOf(cells: Pick<Cell, 'kind' | 'source'>[], file: string): string {
  for (const { kind, source } of cells) {
    const heading = kind === 'markdown' && /^# +(.+)$/m.exec(source)?.[1]?.trim()
    if (heading) return heading.replaceAll('\0', '').slice(0, 200)
  }
  const words = file
    .replace(/^.*[\\/]/, '')
    .replace(/\.(ts|tsx|ipynb)$/i, '')
    .replace(/[-_\s]+/g, ' ')
    .trim()
  return words ? (words[0]!.toUpperCase() + words.slice(1)).slice(0, 200) : 'Untitled notebook'
}
