import type { SavedEdits } from '../../../../../lib/datasets/edit/edits'
import type { DatasetConflicts } from '../../../../../lib/protocol/dataset-edit'
import { ApiError } from '../../../../_ui/api'
import { editsOf, type Pending } from './pending'

/** Saves edits as the next version; resolves to the rows that others changed meanwhile where there are some. Throws `ApiError`. */
export async function sendEdits(dataset: string, pending: Pending, message: string): Promise<SavedEdits> {
  const response = await fetch(`/api/datasets/${dataset}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ parent: pending.parent, edits: editsOf(pending), message }),
  }).catch(() => {
    throw new ApiError(0, 'offline', 'Cellar cannot be reached; your changes are kept here, try again')
  })
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return answer as SavedEdits
  if (answer.conflicts) return { state: 'conflicts', conflicts: answer.conflicts as DatasetConflicts }
  const { code = 'unknown', message: reason = `the server answered with status ${response.status}` } =
    answer.error ?? {}
  throw new ApiError(response.status, code, reason)
}
