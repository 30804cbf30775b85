'use client'

import { Button, Group, Modal, Slider, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../../../../../_ui/api'
import { say } from '../../../../../../_ui/notices'
import classes from '../../../endpoint.module.css'

type Props = {
  address: string
  version: string
  /** What it gets now; null where it shadows nothing. */
  share: number | null
  onChanged: () => Promise<void>
  onClose: () => void
}

/** Asks of how many requests a version gets copies. */
export function ShadowDialog({ address, version, share: now, onChanged, onClose }: Props) {
  const [share, setShare] = useState(now ?? 100)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      await api('PUT', address, { share })
      await onChanged()
      say(`${version} gets copies of ${share} % of the requests.`)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={now === null ? 'Shadow the requests' : 'Change the share'}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            {version} gets copies of what is asked of the version in production, and answers nobody. Copies
            are let go first when the machine is busy.
          </Text>
          <div>
            <Text size="sm" fw={500} mb={4}>
              Copies of {share} % of the requests
            </Text>
            <Slider
              aria-label="Share of the requests, percent"
              min={1}
              max={100}
              value={share}
              onChange={setShare}
              label={null}
            />
          </div>
          {problem && <p className={classes.error}>{problem}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {now === null ? 'Start' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
