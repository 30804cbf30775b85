'use client'

import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AbOutcome } from '../../../../lib/protocol/abtests'
import type { EndpointPage } from '../../../../lib/registry/page'
import { api } from '../../../_ui/api'
import { say } from '../../../_ui/notices'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'

type Props = {
  endpoint: string
  test: Wire<EndpointPage>['abTests'][number]
  onChanged: () => Promise<void>
  onClose: () => void
}

/** Says what ending the test now gives, and lets a person choose otherwise. */
export function EndTestDialog({ endpoint, test: { id, figures, decision }, onChanged, onClose }: Props) {
  const [choice, setChoice] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const control = figures[0]!.version
  const end = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const { production } = await api<AbOutcome>(
        'POST',
        `/api/endpoints/${endpoint}/ab-tests/${id}/end`,
        choice === '' ? {} : { winner: choice },
      )
      await onChanged()
      say(`Version ${production} answers now.`)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="End the A/B test">
      <Stack gap="md">
        <Text size="sm">
          {decision.winner ? `${decision.winner} wins` : `Undecided`}: {decision.reason}.
        </Text>
        <Radio.Group label="Afterwards answers" value={choice} onChange={setChoice}>
          <Stack gap="xs" mt="xs">
            <Radio
              value=""
              label={decision.winner ? `${decision.winner}, the winner` : `${control}, as before the test`}
            />
            {figures.map(({ version }) => (
              <Radio key={version} value={version} label={`${version}, by my choice`} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          The other versions become testing. The figures are kept.
        </Text>
        {problem && <p className={classes.error}>{problem}</p>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} onClick={() => void end()}>
            End the test
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
