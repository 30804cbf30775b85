import type { VersionState, VersionStatus } from '../protocol/version-status'

/** What a version is used for, as a sentence that says what to do before it can be deleted; null for nothing. */
export function reasonInUse({
  status,
  state,
  tested,
  shadowing,
}: {
  status: VersionStatus
  state: VersionState
  /** Whether it takes part in an A/B test that runs. */
  tested: boolean
  /** Whether it gets copies of requests. */
  shadowing: boolean
}): string | null {
  if (state === 'checking') return 'its self-test runs: wait until it has ended'
  if (state !== 'ready') return null
  if (status === 'production')
    return 'it answers in production: make another version production, or move it to testing, first'
  if (tested || status === 'ab_testing') return 'it takes part in an A/B test: end the test first'
  if (shadowing) return 'it shadows the version in production: end that first'
  if (status === 'staging') return 'it is staging, ready to take over: move it to testing first'
  return null
}
