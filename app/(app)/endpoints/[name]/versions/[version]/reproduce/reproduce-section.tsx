'use client'

import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { obstacleToReproduce } from '../../../../../../../lib/registry/reproduce/obstacle'
import type { VersionPage } from '../../../../../../../lib/registry/version-page'
import { api } from '../../../../../../_ui/api'
import { sayFailure } from '../../../../../../_ui/notices'
import { Card, Section } from '../../../../../../_ui/page'
import type { Wire } from '../../../../../../_ui/wire'
import classes from './reproduce.module.css'
import { ReproductionLine } from './reproduction-line'
import { type Reproduction, useReproductions } from './use-reproductions'

type Props = { page: Wire<VersionPage>; reproductions: Reproduction[]; mayManage: boolean }

/** Whether the version's cells still make it: run again in a fresh kernel, and what they promote compared. */
export function ReproduceSection({ page, reproductions: first, mayManage }: Props) {
  const { endpoint, version, state, source, notebook, slice } = page
  const address = `/api/endpoints/${endpoint}/versions/${version}/reproductions`
  const { reproductions, busy, refresh } = useReproductions(address, first)
  const [asking, setAsking] = useState(false)
  const obstacle = obstacleToReproduce({
    state,
    source,
    notebook: notebook !== null,
    cells: slice.length,
  })
  if (obstacle !== null && reproductions.length === 0 && state !== 'ready') return null
  const begin = async () => {
    setAsking(true)
    try {
      await api('POST', address, {})
    } catch (error) {
      sayFailure('It could not be reproduced', error)
    }
    await refresh().catch(() => {})
    setAsking(false)
  }
  const cancel = async (id: string) => {
    try {
      await api('DELETE', `${address}/${id}`)
    } catch (error) {
      sayFailure('It could not be cancelled', error)
    }
    await refresh().catch(() => {})
  }
  return (
    <Section
      title="Reproduce"
      description="Runs the cells that made it again, in a fresh kernel, and compares the predictions."
      actions={
        mayManage &&
        obstacle === null && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconRefresh size={15} stroke={1.6} />}
            loading={asking}
            disabled={busy}
            onClick={() => void begin()}
          >
            Reproduce
          </Button>
        )
      }
    >
      <Card flush>
        {obstacle !== null && <p className={classes.none}>It cannot be reproduced: {obstacle}.</p>}
        {obstacle === null && reproductions.length === 0 && (
          <p className={classes.none}>
            Not tried yet. The cells get copies of the notebook’s files as they are now, its packages as they
            were, and no secrets; nothing of the notebook changes.
          </p>
        )}
        {reproductions.length > 0 && (
          <ul className={classes.list}>
            {reproductions.map((each) => (
              <ReproductionLine
                key={each.id}
                of={each}
                onCancel={mayManage ? () => void cancel(each.id) : undefined}
              />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  )
}
