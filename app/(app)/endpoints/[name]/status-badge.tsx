import { Badge } from '@mantine/core'
import type { VersionState, VersionStatus } from '../../../../lib/protocol/version-status'
import { statusNames } from './statuses'

type Shown = { state: VersionState; status: VersionStatus }

/** What a version stands for: its status once it is ready. */
export const stateOf = ({ state, status }: Shown) => (state === 'ready' ? status : state)

const labels: Record<ReturnType<typeof stateOf>, { label: string; color: string }> = {
  production: { label: statusNames.production, color: 'green' },
  staging: { label: statusNames.staging, color: 'gray' },
  testing: { label: statusNames.testing, color: 'gray' },
  ab_testing: { label: statusNames.ab_testing, color: 'blue' },
  checking: { label: 'being checked', color: 'blue' },
  rejected: { label: 'rejected', color: 'red' },
  deleted: { label: 'deleted', color: 'red' },
}

/** A version's status, in a word. */
export function StatusBadge({ version }: { version: Shown }) {
  const { label, color } = labels[stateOf(version)]
  return (
    <Badge variant="light" color={color} tt="none" fw={500}>
      {label}
    </Badge>
  )
}
