'use client'

import { useCallback, useEffect, useState } from 'react'
import type { DeliverySummary } from '../../../../../lib/webhooks/deliveries'
import { api } from '../../../../_ui/api'
import { say, sayFailure } from '../../../../_ui/notices'
import type { Wire } from '../../../../_ui/wire'

export type Delivery = Wire<DeliverySummary>

const everyMs = 5000

/** An endpoint's newest deliveries, read again while the page is in view. */
export function useDeliveries(endpoint: string) {
  const [list, setList] = useState<Delivery[]>()
  const address = `/api/endpoints/${endpoint}/deliveries`
  const refresh = useCallback(async () => {
    const answer = await api<{ deliveries: Delivery[] }>('GET', address).catch(() => undefined)
    if (answer) setList(answer.deliveries)
  }, [address])
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [refresh])
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
  return { list, sendAgain }
}
