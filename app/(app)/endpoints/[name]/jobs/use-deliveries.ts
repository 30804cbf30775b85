'use client'

import { useCallback } from 'react'
import type { DeliverySummary } from '../../../../../lib/webhooks/deliveries'
import { api } from '../../../../_ui/api'
import { say, sayFailure } from '../../../../_ui/notices'
import { useLive } from '../../../../_ui/use-live'
import type { Wire } from '../../../../_ui/wire'

export type Delivery = Wire<DeliverySummary>

const everyMs = 5000

/** An endpoint's newest deliveries, read again while the page is in view. */
export function useDeliveries(endpoint: string) {
  const address = `/api/endpoints/${endpoint}/deliveries`
  const { value, refresh } = useLive<{ deliveries: Delivery[] }>(address, { everyMs: () => everyMs })
  const sendAgain = useCallback(
    async (id: string) => {
      try {
        await api('POST', `${address}/${id}`)
        say('The report is sent again.')
      } catch (error) {
        sayFailure('The report was not sent again', error)
      }
      await refresh()
    },
    [address, refresh],
  )
  return { list: value?.deliveries, sendAgain }
}
