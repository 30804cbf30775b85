'use client'

import type { Health } from '../../../../../lib/monitoring/health'
import { useLive } from '../../../../_ui/use-live'
import type { Wire } from '../../../../_ui/wire'

const everyMs = 15_000

/** Drift and alerts, read again while they are in view. A failed reading keeps what is shown. */
export function useHealth(endpoint: string, first: Wire<Health>) {
  const address = `/api/endpoints/${endpoint}/monitoring/health`
  return useLive(address, { first, everyMs: () => everyMs }).value ?? first
}
