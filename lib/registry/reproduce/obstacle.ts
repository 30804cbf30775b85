import type { VersionSource } from '../../protocol/version-source'
import type { VersionState } from '../../protocol/version-status'

/** Why a version cannot be reproduced, as a sentence; null where it can. */
export function obstacleToReproduce({
  state,
  source,
  notebook,
  cells,
}: {
  state: VersionState
  source: VersionSource | null
  /** Whether its notebook is still there. */
  notebook: boolean
  /** How many cells made it, as far as a revision knows. */
  cells: number
}): string | null {
  if (state === 'deleted') return 'the version was deleted, and its model with it'
  if (state !== 'ready') return 'the version never answered: there is nothing to compare with'
  if (source?.kind === 'upload') return 'it was uploaded: no cell made it'
  if (source?.kind === 'repository') return 'it comes from a repository: pull that again at its commit'
  if (!notebook) return 'its notebook was deleted'
  if (cells === 0) return 'no revision of its notebook holds the cell as it ran'
  return null
}
