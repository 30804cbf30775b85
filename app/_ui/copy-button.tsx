'use client'

import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'

/** Copies a text. With `label` a button with words, else an icon. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 1500 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  const icon = <Icon size={16} stroke={1.6} />
  const name = clipboard.copied ? 'Copied' : (label ?? 'Copy')
  if (label)
    return (
      <Button variant="default" leftSection={icon} onClick={() => clipboard.copy(text)}>
        {name}
      </Button>
    )
  return (
    <Tooltip label={name}>
      <ActionIcon aria-label={name} onClick={() => clipboard.copy(text)}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
