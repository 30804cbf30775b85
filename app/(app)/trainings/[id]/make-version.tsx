'use client'

import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import Link from 'next/link'
import { useState } from 'react'
import type { Promoted } from '../../../../lib/protocol/kernel'
import { endpointName } from '../../../../lib/protocol/serving'
import type { TrainingDetails } from '../../../../lib/protocol/training'
import { ApiError, api } from '../../../_ui/api'
import { DialogButtons } from '../../../_ui/dialog-buttons'

type Props = { training: TrainingDetails; onClose: () => void; onPublished: () => Promise<void> }

/** Asks for the endpoint's name, and makes what was trained a version of it. */
export function MakeVersion({ training, onClose, onPublished }: Props) {
  const [name, setName] = useState(() => suggested(training))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [made, setMade] = useState<Promoted>()
  const publish = async () => {
    const checked = endpointName.safeParse(name)
    if (!checked.success) return setProblem(checked.error.issues[0]?.message)
    setBusy(true)
    try {
      setMade(await api<Promoted>('POST', `/api/trainings/${training.id}/versions`, { endpoint: name }))
      await onPublished()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error.message)
    }
    setBusy(false)
  }
  return (
    <Modal opened onClose={onClose} title="Make a version">
      {made ? (
        <Stack gap="md">
          <Text size="sm">
            Version {made.version} of{' '}
            <Anchor component={Link} href={`/endpoints/${made.endpoint}`} inherit>
              {made.endpoint}
            </Anchor>{' '}
            answers in production: by the form on its page, and at
          </Text>
          <code style={{ overflowWrap: 'anywhere' }}>POST {made.url}</code>
          <Group justify="flex-end">
            <Button component={Link} href={`/endpoints/${made.endpoint}`} data-autofocus>
              Try it
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void publish()
          }}
        >
          <TextInput
            label="Endpoint"
            description="A new one, or one that gets another version, which then answers in production."
            value={name}
            error={problem}
            onChange={(event) => {
              setName(event.currentTarget.value)
              setProblem(undefined)
            }}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
          />
          <DialogButtons action="Make the version" busy={busy} onClose={onClose} />
        </form>
      )}
    </Modal>
  )
}

/** `iris-clusters`, `income-classifier`: a name that an endpoint may have. */
function suggested({ dataset, target, result }: TrainingDetails): string {
  const what = target === null ? 'clusters' : result?.confusion ? 'classifier' : target
  const name = `${dataset.name}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return name.replace(/^[^a-z]+|-+$/g, '').slice(0, 63) || 'model'
}
