'use client'

import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { VersionPage } from '../../../../../../../lib/registry/version-page'
import { api } from '../../../../../../_ui/api'
import { say, sayFailure } from '../../../../../../_ui/notices'
import { Card, Section } from '../../../../../../_ui/page'
import { RelativeTime } from '../../../../../../_ui/relative-time'
import { StatusDot } from '../../../../../../_ui/status-dot'
import { usePolling } from '../../../../../../_ui/use-polling'
import type { Wire } from '../../../../../../_ui/wire'
import classes from './shadow.module.css'
import { ShadowDialog } from './shadow-dialog'
import { ShadowFigures } from './shadow-figures'

type Props = { page: Wire<VersionPage>; mayManage: boolean; onChange: () => Promise<void> }

const everyMs = 3000

/** The version beside the one in production, on the same requests, before anybody depends on it. */
export function ShadowSection({ page, mayManage, onChange }: Props) {
  const { endpoint, version, state, status, shadows } = page
  const address = `/api/endpoints/${endpoint}/versions/${version}/shadow`
  const [asking, setAsking] = useState(false)
  const running = shadows.find(({ endedAt }) => endedAt === null)
  const past = shadows.filter(({ endedAt }) => endedAt !== null)
  usePolling(onChange, running && everyMs)
  const answers = status === 'production' || status === 'ab_testing'
  const may = mayManage && state === 'ready' && !answers
  if (!running && past.length === 0 && !may) return null
  const end = async () => {
    try {
      await api('DELETE', address)
      say(`${version} gets no more copies.`)
    } catch (error) {
      sayFailure('It could not be ended', error)
    }
    await onChange().catch(() => {})
  }
  return (
    <Section
      title="Shadow"
      description="Copies of the requests, answered for nobody and compared with the answers that were given."
    >
      <Card>
        <div className={classes.card}>
          {running ? (
            <>
              <div className={classes.head}>
                <div>
                  <StatusDot tone="busy">Gets copies of {running.share} % of the requests</StatusDot>
                  <p className={classes.meta}>
                    Since <RelativeTime at={running.startedAt} />
                    {running.startedBy && ` by ${running.startedBy}`}
                  </p>
                </div>
                {mayManage && (
                  <div className={classes.buttons}>
                    <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
                      Change the share
                    </Button>
                    <Button variant="default" size="compact-sm" onClick={() => void end()}>
                      End the shadow
                    </Button>
                  </div>
                )}
              </div>
              <ShadowFigures shadow={running} version={version} />
            </>
          ) : (
            <div className={classes.head}>
              <p className={classes.none}>
                {answers
                  ? 'It answers requests itself.'
                  : 'It gets no copies. Shadow the version in production to see how this one would have answered.'}
              </p>
              {may && (
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconCopy size={15} stroke={1.6} />}
                  onClick={() => setAsking(true)}
                >
                  Shadow the requests
                </Button>
              )}
            </div>
          )}
          {past.map((shadow) => (
            <details key={shadow.id} className={classes.past}>
              <summary>
                Ended <RelativeTime at={shadow.endedAt!} />
              </summary>
              <div className={classes.card}>
                <ShadowFigures shadow={shadow} version={version} />
              </div>
            </details>
          ))}
        </div>
      </Card>
      {asking && (
        <ShadowDialog
          address={address}
          version={version}
          share={running?.share ?? null}
          onChanged={onChange}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
