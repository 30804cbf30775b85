'use client'

import { Button } from '@mantine/core'
import { IconCopy, IconFolderSymlink, IconTrash } from '@tabler/icons-react'
import { SelectionBar } from '../../_ui/selection-bar'

type Props = {
  count: number
  onMove: () => void
  onDuplicate: () => void
  onTrash: () => void
  onClear: () => void
}

/** What can be done to all selected notebooks at once. */
export function BulkBar({ count, onMove, onDuplicate, onTrash, onClear }: Props) {
  return (
    <SelectionBar label="Selected notebooks" count={count} onClear={onClear}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFolderSymlink size={15} stroke={1.6} />}
        onClick={onMove}
      >
        Move to…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={15} stroke={1.6} />}
        onClick={onDuplicate}
      >
        Duplicate
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={15} stroke={1.6} />}
        onClick={onTrash}
      >
        Move to the trash
      </Button>
    </SelectionBar>
  )
}
