'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import { useState } from 'react'
import { Section } from '../../../../_ui/page'
import { Deliveries } from './deliveries'
import { JobDialog } from './job-dialog'
import { JobTable } from './job-table'
import { StartBatch } from './start-batch'
import { useDeliveries } from './use-deliveries'
import { useJobs } from './use-jobs'

type Props = {
  endpoint: string
  /** Whether a version is in production. */
  callable: boolean
  /** Names of the record's fields, if it has some. */
  columns: string[] | undefined
  mayManage: boolean
}

/** An endpoint's jobs, as they go on, and the reports of their ends. */
export function JobsView({ endpoint, callable, columns, mayManage }: Props) {
  const { jobs, problem, refresh, cancel } = useJobs(endpoint)
  const deliveries = useDeliveries(endpoint)
  const [openId, setOpenId] = useState<string>()
  const open = jobs?.find(({ id }) => id === openId)
  return (
    <>
      <StartBatch endpoint={endpoint} callable={callable} columns={columns} onStarted={refresh} />
      <Section title="Jobs" description="The newest 50. Results are kept for a week after a job has ended.">
        <JobTable endpoint={endpoint} jobs={jobs} problem={problem} onOpen={setOpenId} onCancel={cancel} />
      </Section>
      {deliveries.list && deliveries.list.length > 0 && (
        <Section
          title="Webhook deliveries"
          description={
            <>
              Reports of ended jobs. The address and the signing key are in the{' '}
              <Anchor component={Link} href={`/endpoints/${endpoint}/settings`} inherit>
                settings
              </Anchor>
              .
            </>
          }
        >
          <Deliveries deliveries={deliveries.list} mayManage={mayManage} onSendAgain={deliveries.sendAgain} />
        </Section>
      )}
      {open && <JobDialog endpoint={endpoint} job={open} onClose={() => setOpenId(undefined)} />}
    </>
  )
}
