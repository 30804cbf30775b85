'use client'

import { Button, Group, Modal, ScrollArea, Text } from '@mantine/core'
import { IconFolder, IconNotebook } from '@tabler/icons-react'
import { useState } from 'react'
import type { Folder } from '../../../lib/folders/list'
import { treeOf } from './library'
import classes from './library.module.css'

type Props = {
  /** `3 notebooks` */
  what: string
  /** Those that it may be moved into. */
  folders: Folder[]
  from: string | null
  onMove: (folder: string | null) => Promise<unknown>
  onClose: () => void
}

/** Asks for a folder to move something into. */
export function MoveDialog({ what, folders, from, onMove, onClose }: Props) {
  const [chosen, choose] = useState(from)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const move = async () => {
    setBusy(true)
    try {
      await onMove(chosen)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  const places = [{ folder: { id: null, name: 'All notebooks' }, depth: 0 } as const].concat(
    treeOf(folders).map(({ folder, depth }) => ({ folder, depth: depth + 1 })) as never[],
  )
  return (
    <Modal opened onClose={onClose} title={`Move ${what}`} size="sm">
      <ScrollArea.Autosize mah={320} type="auto">
        <div role="radiogroup" aria-label="Folder">
          {places.map(({ folder: { id, name }, depth }) => (
            // biome-ignore lint/a11y/useSemanticElements: a row of a tree, drawn as one
            <button
              key={id ?? 'top'}
              type="button"
              role="radio"
              aria-checked={chosen === id}
              className={classes.place}
              style={{ paddingLeft: 8 + depth * 14 }}
              onClick={() => choose(id)}
            >
              {id === null ? <IconNotebook size={16} stroke={1.6} /> : <IconFolder size={16} stroke={1.6} />}
              <span>{name}</span>
            </button>
          ))}
        </div>
      </ScrollArea.Autosize>
      {problem && (
        <Text size="sm" c="var(--cellar-failed-text)" mt="sm">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={busy} disabled={chosen === from} onClick={() => void move()}>
          Move
        </Button>
      </Group>
    </Modal>
  )
}
