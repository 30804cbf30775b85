import { createHash } from 'node:crypto'
import type { DatasetColumn } from '../protocol/dataset'

type Content = { base: string; changes: string | null; columns: DatasetColumn[] }

/** What a version holds, by the SHA-256 of its files' names and its columns as JSON with its fields in this order. */
export function versionHash({ base, changes, columns }: Content): string {
  const manifest = {
    base,
    changes,
    columns: columns.map(({ name, type, nullable, categories, shape }) => ({
      name,
      type,
      nullable,
      categories: categories ?? null,
      shape: shape ?? null,
    })),
  }
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex')
}
