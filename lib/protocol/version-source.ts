import type { ImportFormat } from './imported-model'

/** Where a version came from, where that is no cell of a notebook's page. */
export type VersionSource = { kind: 'upload'; format: ImportFormat; files: { name: string; bytes: number }[] }
