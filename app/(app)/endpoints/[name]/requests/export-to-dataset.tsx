'use client'

import { Button, Modal, Text, TextInput } from '@mantine/core'
import { IconDatabasePlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../../../_ui/api'
import { MadeVersion } from '../../../../_ui/datasets/made-version'
import { useMaking } from '../../../../_ui/datasets/use-making'
import { DialogButtons } from '../../../../_ui/dialog-buttons'
import { isNarrowed, queryOf, type Search } from './search'

type Props = { endpoint: string; search: Search }
type Made = { name: string; rows: number; version: { number: number } }

/** Asks for a name, and makes a data set, or the next version of one, of all requests that fit the search. */
export function ExportToDataset({ endpoint, search }: Props) {
  const [opened, setOpened] = useState(false)
  const making = useMaking(`${endpoint.slice(0, 54)}-requests`, (name) =>
    api<Made>('POST', `/api/endpoints/${endpoint}/requests/datasets?${queryOf(search)}`, { name }),
  )
  const { name, busy, problem, made } = making
  const open = () => {
    making.again()
    setOpened(true)
  }
  const close = () => setOpened(false)
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
          <MadeVersion made={{ ...made, version: made.version.number }}>, one for each record.</MadeVersion>
        ) : (
          <form onSubmit={making.submit}>
            <Text size="sm" c="dimmed" mb="md">
              {isNarrowed(search) ? 'All requests that fit the search' : 'All requests'}, a row for each
              record: inputs, predictions, version, time, latency and what turned out to be true.
            </Text>
            <TextInput
              label="Data set"
              description="A new one, or one that gets another version."
              value={name}
              error={problem}
              onChange={(event) => making.rename(event.currentTarget.value)}
              disabled={busy}
              data-autofocus
              autoComplete="off"
              spellCheck={false}
            />
            <DialogButtons action="Export" busy={busy} onClose={close} isHeld />
          </form>
        )}
      </Modal>
    </>
  )
}
