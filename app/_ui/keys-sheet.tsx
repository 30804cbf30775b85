'use client'

import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core'
import { Fragment, useEffect, useState } from 'react'
import { type KeyBinding, registeredKeys, useKeys } from './keys'
import classes from './keys-sheet.module.css'

/** The keys of the page, opened with `?`. Other components open it with `openKeysSheet()`. */
export function KeysSheet() {
  const [sections, setSections] = useState<{ section: string; bindings: KeyBinding[] }[]>()
  useEffect(() => {
    open = () => setSections(registeredKeys())
  }, [])
  useKeys('Everywhere', [{ keys: '?', label: 'Show these keys', run: () => openKeysSheet() }])
  return (
    <Modal opened={sections !== undefined} onClose={() => setSections(undefined)} title="Keys" size="xl">
      <div className={classes.columns}>
        {sections?.map(({ section, bindings }) => (
          <Stack key={section} gap={7} component="section" className={classes.section}>
            <Title order={3}>{section}</Title>
            {byLabel(bindings).map(({ label, keys }) => (
              <Group key={label} justify="space-between" wrap="nowrap" gap="md">
                <Text size="sm">{label}</Text>
                <Group gap={6} wrap="nowrap">
                  {keys.map((one, i) => (
                    <Fragment key={one}>
                      {i > 0 && (
                        <Text size="xs" c="dimmed">
                          or
                        </Text>
                      )}
                      <Keys keys={one} />
                    </Fragment>
                  ))}
                </Group>
              </Group>
            ))}
          </Stack>
        ))}
      </div>
    </Modal>
  )
}

/** What several keys do stands on one line. */
function byLabel(bindings: KeyBinding[]) {
  const lines = new Map<string, string[]>()
  for (const { label, keys } of bindings) {
    const known = lines.get(label) ?? []
    if (!known.includes(keys)) lines.set(label, [...known, keys])
  }
  return [...lines].map(([label, keys]) => ({ label, keys }))
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
