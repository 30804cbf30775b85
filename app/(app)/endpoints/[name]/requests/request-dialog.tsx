'use client'

import { Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { RequestDetail } from '../../../../../lib/requests/detail'
import { api } from '../../../../_ui/api'
import { CodeBlock } from '../../../../_ui/code-block'
import { formatJson } from '../../../../_ui/records/format-json'
import { RelativeTime } from '../../../../_ui/relative-time'
import type { Wire } from '../../../../_ui/wire'
import { FeedbackForm } from './feedback-form'
import { LatencyBar } from './latency-bar'
import classes from './requests.module.css'

type Props = { endpoint: string; requestId: string; onClose: () => void; onLabelled?: () => void }
type Detail = Wire<RequestDetail>

/** All that is known of one request: what went in and came out, where its time went, what turned out to be true. */
export function RequestDialog({ endpoint, requestId, onClose, onLabelled }: Props) {
  const [request, setRequest] = useState<Detail>()
  const [problem, setProblem] = useState<string>()
  const read = useCallback(async () => {
    try {
      setRequest(await api<Detail>('GET', `/api/endpoints/${endpoint}/requests/${requestId}`))
    } catch (error) {
      setProblem((error as Error).message)
    }
  }, [endpoint, requestId])
  useEffect(() => void read(), [read])
  return (
    <Modal opened onClose={onClose} title="Request" size="lg">
      {problem ? (
        <p className={classes.error}>{problem}</p>
      ) : request ? (
        <Detail
          endpoint={endpoint}
          request={request}
          onLabelled={async () => {
            await read()
            onLabelled?.()
          }}
        />
      ) : (
        <Stack gap="sm">
          <Skeleton height={20} />
          <Skeleton height={120} />
        </Stack>
      )}
    </Modal>
  )
}

function Detail({
  endpoint,
  request,
  onLabelled,
}: {
  endpoint: string
  request: Detail
  onLabelled: () => Promise<void>
}) {
  const {
    requestId,
    version,
    status,
    key,
    batchRequests,
    input,
    output,
    error,
    truncated,
    sampled,
    createdAt,
  } = request
  return (
    <Stack gap="sm">
      <Text size="sm">
        <code>{requestId}</code>
      </Text>
      <Text size="sm" c="dimmed">
        Version {version}, status {status}, {key === null ? 'from a page' : `with the key ${key}`},{' '}
        <RelativeTime at={createdAt} />
        {batchRequests !== null &&
          batchRequests > 1 &&
          `; shared its model call with ${batchRequests - 1} others`}
      </Text>
      <LatencyBar request={request} />
      {error && <p className={classes.error}>{error}</p>}
      {!sampled ? (
        <Text size="sm" c="dimmed">
          Its input and output were not kept: this endpoint keeps those of a share of its requests, by its
          settings.
        </Text>
      ) : (
        <>
          <Part title="Input" value={input} truncated={truncated} />
          {!error && <Part title="Output" value={output} truncated={truncated} />}
          {!error && output !== null && (
            <FeedbackForm endpoint={endpoint} request={request} onLabelled={onLabelled} />
          )}
        </>
      )}
    </Stack>
  )
}

function Part({ title, value, truncated }: { title: string; value: unknown; truncated: boolean }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      {value === null && truncated ? (
        <Text size="sm" c="dimmed">
          Too large to keep (over 64 KiB).
        </Text>
      ) : (
        <CodeBlock code={formatJson(value)} label={`${title} as JSON`} />
      )}
    </div>
  )
}
