'use client'

import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconDatabasePlus } from '@tabler/icons-react'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { datasetName } from '../../../../../lib/datasets/name'
import { api } from '../../../../_ui/api'
import { formatCount } from '../../../../_ui/units'
import { isNarrowed, queryOf, type Search } from './search'

type Props = { endpoint: string; search: Search }
type Made = { name: string; rows: number; version: { number: number } }

/** Asks for a name, and makes a data set, or the next version of one, of all requests that fit the search. */
export function ExportToDataset({ endpoint, search }: Props) {
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState(`${endpoint.slice(0, 54)}-requests`)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [made, setMade] = useState<Made>()
  const open = () => {
    setMade(undefined)
    setProblem(undefined)
    setOpened(true)
  }
  const close = () => setOpened(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const checked = datasetName.safeParse(name)
    if (!checked.success) return setProblem(checked.error.issues[0]?.message)
    setBusy(true)
    setProblem(undefined)
    try {
      const address = `/api/endpoints/${endpoint}/requests/datasets?${queryOf(search)}`
      setMade(await api<Made>('POST', address, { name: checked.data }))
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <>
      <Button variant="default" leftSection={<IconDatabasePlus size={16} stroke={1.6} />} onClick={open}>
        Export to a data set
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Export to a data set"
        closeOnEscape={!busy}
        closeOnClickOutside={!busy}
        withCloseButton={!busy}
      >
        {made ? (
          <Stack gap="md">
            <Text size="sm" role="status">
              Version {made.version.number} of{' '}
              <Anchor component={Link} href={`/data/${made.name}`} inherit>
                {made.name}
              </Anchor>{' '}
              has {formatCount(made.rows)} {made.rows === 1 ? 'row' : 'rows'}, one for each record.
            </Text>
            <Group justify="flex-end">
              <Button component={Link} href={`/data/${made.name}`} data-autofocus>
                Open the data set
              </Button>
            </Group>
          </Stack>
        ) : (
          <form onSubmit={submit}>
            <Text size="sm" c="dimmed" mb="md">
              {isNarrowed(search) ? 'All requests that fit the search' : 'All requests'}, a row for each
              record: inputs, predictions, version, time, latency and what turned out to be true.
            </Text>
            <TextInput
              label="Data set"
              description="A new one, or one that gets another version."
              value={name}
              error={problem}
              onChange={(event) => {
                setName(event.currentTarget.value)
                setProblem(undefined)
              }}
              disabled={busy}
              data-autofocus
              autoComplete="off"
              spellCheck={false}
            />
            <Group justify="flex-end" mt="lg">
              <Button variant="default" onClick={close} disabled={busy}>
                Cancel
              </Button>
              <Button type="submit" loading={busy}>
                Export
              </Button>
            </Group>
          </form>
        )}
      </Modal>
    </>
  )
}
