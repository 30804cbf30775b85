'use client'

import type { Status } from '../../../lib/status/read'
import { useLive } from '../../_ui/use-live'

const everyMs = 5000

/** The installation's status, read again every few seconds while it is in view. A failed reading keeps what is shown. */
export function useStatus(first: Status | undefined) {
  const { value: status, problem: failure } = useLive('/api/status', { first, everyMs: () => everyMs })
  return { status, failure }
}
