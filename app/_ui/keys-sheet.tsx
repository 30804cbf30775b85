'use client'

import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type KeyBinding, registeredKeys, useKeys } from './keys'

/** The keys of the page, opened with `?`. Other components open it with `openKeysSheet()`. */
export function KeysSheet() {
  const [sections, setSections] = useState<{ section: string; bindings: KeyBinding[] }[]>()
  useEffect(() => {
    open = () => setSections(registeredKeys())
  }, [])
  useKeys('Everywhere', [{ keys: '?', label: 'Show these keys', run: () => openKeysSheet() }])
  return (
    <Modal opened={sections !== undefined} onClose={() => setSections(undefined)} title="Keys" size="xl">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
        {sections?.map(({ section, bindings }) => (
          <Stack key={section} gap="xs" component="section">
            <Title order={3}>{section}</Title>
            {bindings.map(({ keys, label }) => (
              <Group key={keys + label} justify="space-between" wrap="nowrap" gap="md">
                <Text size="sm">{label}</Text>
                <Keys keys={keys} />
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}

let open = () => {}
export const openKeysSheet = () => open()

const shown: Record<string, string> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  esc: 'Esc',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
}

/** Keys as they are printed on them. */
export function Keys({ keys }: { keys: string }) {
  const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
  const name = (key: string) => (mac && key === 'mod' ? '⌘' : (shown[key] ?? key.toUpperCase()))
  const chords = keys.split(' ').map((chord) => chord.split('+').map((key) => name(key.toLowerCase())))
  return (
    <Group gap={4} wrap="nowrap">
      {chords.flat().map((key, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sequence may name a key twice, and never changes its order
        <Kbd key={i} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  )
}
