import type { ImportFormat } from './imported-model'

/** Where a version came from, where that is no cell of a notebook's page. */
export type VersionSource =
  | { kind: 'upload'; format: ImportFormat; files: { name: string; bytes: number }[] }
  /** A notebook in a git repository, at a commit. */
  | {
      kind: 'repository'
      repositoryId: string
      pullId: string
      address: string
      commit: string
      path: string
    }
