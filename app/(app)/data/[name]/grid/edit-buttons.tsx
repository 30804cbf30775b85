import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconPlus, IconTrash } from '@tabler/icons-react'

type Props = {
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  onAdd: () => void
  onDelete: () => void
  /** How many rows are selected, and whether all of them are deleted already. */
  selected: number
  areDeleted: boolean
}

/** What is done to rows, beside the search of the grid. */
export function EditButtons({ undo, redo, onAdd, onDelete, selected, areDeleted }: Props) {
  const rows = selected === 1 ? 'row' : `${selected} rows`
  return (
    <>
      <Tooltip label="Undo">
        <ActionIcon size={26} aria-label="Undo" disabled={!undo} onClick={undo}>
          <IconArrowBackUp size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo">
        <ActionIcon size={26} aria-label="Redo" disabled={!redo} onClick={redo}>
          <IconArrowForwardUp size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Button
        size="compact-xs"
        variant="default"
        disabled={selected === 0}
        leftSection={areDeleted ? <IconArrowBackUp size={13} /> : <IconTrash size={13} />}
        onClick={onDelete}
      >
        {areDeleted ? `Keep ${rows}` : `Delete ${rows}`}
      </Button>
      <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={onAdd}>
        Add row
      </Button>
    </>
  )
}
