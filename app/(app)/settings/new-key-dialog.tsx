'use client'

import { Button, Fieldset, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { TokenScope } from '../../../lib/protocol/token-scope'
import { api } from '../../_ui/api'
import { CodeBlock } from '../../_ui/code-block'
import { CopyButton } from '../../_ui/copy-button'
import { NameDialog } from '../../_ui/name-dialog'
import { RateFields, rateText, readRate } from './rate-fields'

/** Names a key, makes it, and shows it once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState<string>()
  const [scope, setScope] = useState<TokenScope>('read')
  const [rate, setRate] = useState(rateText(null))
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
    <NameDialog
      title="New API key"
      label="Name"
      description="Where it will be used, so that you know it again."
      placeholder="Web shop, staging"
      maxLength={100}
      missing="Enter a name, such as the application that will use it."
      submit="Make key"
      onSubmit={async (name) => {
        const body = { name, scope, rate: readRate(rate) }
        setToken((await api<{ token: string }>('POST', '/api/tokens', body)).token)
      }}
      onClose={onClose}
    >
      <Radio.Group
        label="What it may do"
        value={scope}
        onChange={(value) => setScope(value as TokenScope)}
        mt="md"
      >
        <Stack gap="xs" mt={6}>
          <Radio value="read" label="May predict and read" />
          <Radio
            value="write"
            label="May also change"
            description="Upload models and data, promote, start trainings. Keep such a key where only you can read it."
          />
        </Stack>
      </Radio.Group>
      <Fieldset variant="unstyled" legend="Rate limit, if it should have one" mt="md">
        <RateFields rate={rate} onChange={setRate} />
      </Fieldset>
    </NameDialog>
  )
}
