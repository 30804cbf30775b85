import type { VersionStatus } from '../../../../lib/protocol/version-status'

/** Statuses as people read them. */
export const statusNames: Record<VersionStatus, string> = {
  testing: 'testing',
  staging: 'staging',
  production: 'production',
  ab_testing: 'A/B test',
}
