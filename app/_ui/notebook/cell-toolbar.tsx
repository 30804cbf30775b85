import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconCode,
  IconEye,
  IconEyeOff,
  IconFileDiff,
  IconHandOff,
  IconHandStop,
  IconLayoutNavbarCollapse,
  IconMarkdown,
  IconPencil,
  IconPlayerPlay,
  IconRocket,
  IconScissors,
  IconTrash,
} from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import type { CellKind } from '../../../lib/notebook/document'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { useView } from './context'
import { LastRunDialog } from './history/last-run-dialog'

type Tool = { label: string; icon: ComponentType<{ size: number }>; run: () => void; desktop?: boolean }

/** What can be done to a cell, at its top right while the pointer or the focus is in it. */
export function CellToolbar({ id, kind, actions }: { id: string; kind: CellKind; actions: Actions }) {
  const runs = kind !== 'markdown'
  const codeHidden = useView((view) => view.attributes[id]?.codeHidden === true)
  const manual = useView((view) => view.attributes[id]?.manual === true)
  const ran = useView((view) => view.kernel.cells[id]?.ran !== undefined)
  const [comparing, setComparing] = useState(false)
  const tools: Tool[] = [
    runs
      ? { label: 'Run (Shift Enter)', icon: IconPlayerPlay, run: () => actions.runCell(id) }
      : { label: 'Edit (Enter)', icon: IconPencil, run: () => actions.select(id, 'edit') },
    { label: 'Move up', icon: IconArrowUp, run: () => actions.move(id, -1) },
    { label: 'Move down', icon: IconArrowDown, run: () => actions.move(id, 1) },
    {
      label: 'Split at the cursor (Ctrl Shift −)',
      icon: IconScissors,
      run: () => actions.split(id),
      desktop: true,
    },
    {
      label: 'Merge with the cell below (Shift M)',
      icon: IconLayoutNavbarCollapse,
      run: () => actions.mergeBelow(id),
      desktop: true,
    },
    ...(kind === 'code'
      ? [{ label: 'Turn into Markdown (M)', icon: IconMarkdown, run: () => actions.setKind(id, 'markdown') }]
      : [{ label: 'Turn into code (Y)', icon: IconCode, run: () => actions.setKind(id, 'code') }]),
    ...(runs
      ? [
          manual
            ? { label: 'Run with the others', icon: IconHandOff, run: () => actions.setManual(id, false) }
            : { label: 'Run only by hand', icon: IconHandStop, run: () => actions.setManual(id, true) },
          ...(ran
            ? [{ label: 'Changes since the last run', icon: IconFileDiff, run: () => setComparing(true) }]
            : []),
        ]
      : []),
    ...(kind === 'code' ? [{ label: 'Promote', icon: IconRocket, run: () => actions.promote(id) }] : []),
    ...(runs
      ? [
          codeHidden
            ? {
                label: 'Show the code (Shift C)',
                icon: IconEye,
                run: () => actions.toggleLook('codeHidden', [id]),
                desktop: true,
              }
            : {
                label: 'Hide the code (Shift C)',
                icon: IconEyeOff,
                run: () => actions.toggleLook('codeHidden', [id]),
                desktop: true,
              },
        ]
      : []),
    { label: 'Delete (D D)', icon: IconTrash, run: () => actions.remove(id) },
  ]
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Cell">
      {tools.map(({ label, icon: Icon, run, desktop }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon
            size={24}
            aria-label={label.replace(/ \(.*\)$/, '')}
            className={desktop ? classes.desktop : undefined}
            // The editor keeps its cursor: splitting needs it.
            onMouseDown={(event) => event.preventDefault()}
            onClick={run}
          >
            <Icon size={15} />
          </ActionIcon>
        </Tooltip>
      ))}
      {comparing && <LastRunDialog id={id} onClose={() => setComparing(false)} />}
    </div>
  )
}
