'use client'

import { Button, Group, Modal, NumberInput, Select, Slider, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../../_ui/api'
import { say } from '../../../_ui/notices'
import classes from './endpoint.module.css'

type Props = {
  endpoint: string
  control: string
  versions: string[]
  onChanged: () => Promise<void>
  onClose: () => void
}

/** Asks which version challenges the one in production, and with how many of the requests. */
export function StartTestDialog({ endpoint, control, versions, onChanged, onClose }: Props) {
  const challengers = versions.filter((version) => version !== control)
  const [challenger, setChallenger] = useState(challengers[0]!)
  const [share, setShare] = useState(50)
  const [minLabels, setMinLabels] = useState<number | string>(100)
  const [stickyHeader, setStickyHeader] = useState('x-user-id')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      await api('POST', `/api/endpoints/${endpoint}/ab-tests`, {
        variants: [
          { version: control, weight: 100 - share },
          { version: challenger, weight: share },
        ],
        minLabels: Number(minLabels),
        stickyHeader,
      })
      await onChanged()
      say(`${challenger} takes part now.`)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="Start an A/B test">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Select
            label="Challenger"
            description={`Against ${control}, which is in production.`}
            data={challengers}
            value={challenger}
            onChange={(value) => value && setChallenger(value)}
            allowDeselect={false}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {share} % of the requests to {challenger}
            </Text>
            <Slider
              aria-label="Share of the challenger, percent"
              min={1}
              max={99}
              value={share}
              onChange={setShare}
              label={null}
            />
          </div>
          <NumberInput
            label="Labels that each version needs"
            description="Before as many answers have their truth, no version can win."
            min={10}
            max={1_000_000}
            allowDecimal={false}
            value={minLabels}
            onChange={setMinLabels}
          />
          <TextInput
            label="Header that names the person"
            description="Requests with the same value go to the same version; without it, each is drawn anew."
            value={stickyHeader}
            onChange={(event) => setStickyHeader(event.currentTarget.value)}
          />
          {problem && <p className={classes.error}>{problem}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Start
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
