'use client'

import type { EndpointPage } from '../../../../lib/registry/page'
import { useLive } from '../../../_ui/use-live'
import type { Wire } from '../../../_ui/wire'

const everyMs = 3000

/** The page's data, read again every few seconds while it is in view. A failed reading keeps what is shown. */
export function useLivePage(first: Wire<EndpointPage>) {
  const address = `/api/endpoints/${first.summary.name}`
  const { value: page = first, refresh } = useLive(address, { first, everyMs: () => everyMs })
  return { page, refresh }
}
