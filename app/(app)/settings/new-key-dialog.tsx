'use client'

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../_ui/api'
import { CodeBlock } from '../../_ui/code-block'
import { CopyButton } from '../../_ui/copy-button'

/** Names a key, makes it, and shows it once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [token, setToken] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') return setProblem('Enter a name, such as the application that will use it.')
    setBusy(true)
    try {
      setToken((await api<{ token: string }>('POST', '/api/tokens', { name })).token)
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  if (token)
    return (
      // Not closed by a stray click: the key cannot be shown again.
      <Modal opened onClose={onClose} title="Your new key" closeOnClickOutside={false}>
        <Stack gap="sm">
          <Text size="sm">
            Copy it now. It is not shown again; if it is lost, revoke it and make another.
          </Text>
          <CodeBlock code={token} label="API key" wrap />
          <Group justify="flex-end" mt="xs">
            <CopyButton text={token} label="Copy" />
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <Modal opened onClose={onClose} title="New API key">
      <form onSubmit={submit}>
        <TextInput
          name="name"
          label="Name"
          description="Where it will be used, so that you know it again."
          placeholder="Web shop, staging"
          maxLength={100}
          error={problem}
          onChange={() => setProblem(undefined)}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Make key
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
