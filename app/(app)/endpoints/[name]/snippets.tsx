'use client'

import { Button, Group, Tabs, TabsList, TabsPanel, TabsTab, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../../_ui/api'
import { CodeBlock } from '../../../_ui/code-block'
import { sayFailure } from '../../../_ui/notices'
import { Card } from '../../../_ui/page'
import { languages, snippet } from './snippet'

type Props = { url: string; endpoint: string; record: unknown; mayManage: boolean }

/** How to call it from a shell, TypeScript or Python; a fresh key can be filled in. */
export function Snippets({ url, endpoint, record, mayManage }: Props) {
  const [key, setKey] = useState<string>()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      const { token } = await api<{ token: string }>('POST', '/api/tokens', {
        name: `Snippet for ${endpoint}`,
      })
      setKey(token)
    } catch (error) {
      sayFailure('The key could not be made', error)
    }
    setBusy(false)
  }
  return (
    <Card>
      <Tabs defaultValue="curl" keepMounted={false}>
        <TabsList mb="sm">
          {languages.map(({ id, label }) => (
            <TabsTab key={id} value={id}>
              {label}
            </TabsTab>
          ))}
        </TabsList>
        {languages.map(({ id, label }) => (
          <TabsPanel key={id} value={id}>
            <CodeBlock label={`Snippet for ${label}`} code={snippet(id, { url, key, record })} />
          </TabsPanel>
        ))}
      </Tabs>
      <Group mt="sm" gap="sm">
        {mayManage && !key && (
          <Button
            variant="default"
            leftSection={<IconKey size={16} stroke={1.6} />}
            loading={busy}
            onClick={() => void make()}
          >
            Use a new key
          </Button>
        )}
        <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
          {key
            ? 'The key above is shown only now: copy the snippet before you leave. It can be revoked in Settings.'
            : 'The snippet takes the key from CELLAR_KEY until one is filled in.'}
        </Text>
      </Group>
    </Card>
  )
}
