'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { FoundRequest } from '../../../../lib/requests/search'
import type { Wire } from '../../../_ui/wire'
import { RequestTable } from './requests/request-table'

const shown = 8

/** The newest requests, and the way to all of them. */
export function NewestRequests({ endpoint, requests }: { endpoint: string; requests: Wire<FoundRequest>[] }) {
  return (
    <>
      <RequestTable endpoint={endpoint} requests={requests.slice(0, shown)} />
      {requests.length > 0 && (
        <Anchor component={Link} href={`/endpoints/${endpoint}/requests`} size="sm" mt="xs" display="block">
          All requests
        </Anchor>
      )}
    </>
  )
}
