import type { VersionDetail } from '../../../../lib/registry/page'

export type Status = VersionDetail['status']

export const statuses: readonly Status[] = ['testing', 'staging', 'production', 'ab_testing']

/** As people read them. */
export const statusNames: Record<Status, string> = {
  testing: 'testing',
  staging: 'staging',
  production: 'production',
  ab_testing: 'A/B test',
}
