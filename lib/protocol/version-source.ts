import type { ImportFormat } from './imported-model'
import type { AlgorithmName } from './training'

/** Where a version came from, where that is no cell of a notebook's page. */
export type VersionSource =
  | { kind: 'upload'; format: ImportFormat; files: { name: string; bytes: number }[] }
  /** A training of a data set. */
  | {
      kind: 'training'
      trainingId: string
      algorithm: AlgorithmName
      dataset: { name: string; version: number; hash: string }
    }
  /** A notebook in a git repository, at a commit. */
  | {
      kind: 'repository'
      repositoryId: string
      pullId: string
      address: string
      commit: string
      path: string
    }
