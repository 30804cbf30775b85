import { Tooltip } from '@mantine/core'
import { IconClock, IconHandStop, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { memo, type ReactNode, useState } from 'react'
import { relativeTime } from '../relative'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { useView } from './context'
import { duration } from './format'
import { isStale } from './graph/graph-view'
import { useNow } from './use-now'
import { mayEdit } from './view'

/** Beside a code cell: run or stop, its number, its time. */
export const Gutter = memo(function Gutter({ id, actions }: { id: string; actions: Actions }) {
  const state = useView((view) => view.kernel.cells[id]?.state)
  const executionId = useView((view) => view.kernel.cells[id]?.executionId)
  const executionCount = useView((view) => view.kernel.cells[id]?.executionCount)
  const ms = useView((view) => view.kernel.cells[id]?.ms)
  const startedAt = useView((view) => view.kernel.cells[id]?.startedAt)
  const asked = useView((view) => view.asked[id] ?? false)
  const editable = useView(mayEdit)
  const manual = useView((view) => view.attributes[id]?.manual === true)
  const stale = useView((view) => isStale(view, id))
  const running = state === 'running' && !asked
  const queued = asked || state === 'queued'
  const now = useNow(running, 500)
  const time = running && startedAt ? Math.max(0, now - startedAt) : queued ? undefined : ms
  return (
    <div className={classes.gutter}>
      {running ? (
        <GutterButton label="Stop" disabled={!editable} onClick={() => void actions.interrupt()}>
          <IconPlayerStopFilled size={14} />
        </GutterButton>
      ) : queued ? (
        <GutterButton
          label={asked ? 'Waiting for the kernel' : 'Waiting; press to take it back'}
          disabled={asked || !editable}
          onClick={() => executionId && void actions.cancel(executionId)}
        >
          <IconClock size={15} />
        </GutterButton>
      ) : !editable ? null : (
        <GutterButton
          label={stale ? 'Run this cell (stale)' : 'Run this cell'}
          disabled={!editable}
          onClick={() => actions.runCell(id)}
        >
          <IconPlayerPlayFilled size={14} />
        </GutterButton>
      )}
      {executionCount !== undefined && <ExecutionCount count={executionCount} startedAt={startedAt} />}
      {time !== undefined && (time >= 500 || !running) && (
        <span className={classes.time}>{duration(running ? Math.round(time / 500) * 500 : time)}</span>
      )}
      {manual && (
        <Tooltip label="Runs only by hand" position="left">
          <span className={classes.manual} role="img" aria-label="Runs only by hand">
            <IconHandStop size={13} stroke={1.7} />
          </span>
        </Tooltip>
      )}
    </div>
  )
})

/** The number of an execution; how long ago it began, and when, on hover. */
function ExecutionCount({ count, startedAt }: { count: number; startedAt: number | undefined }) {
  const [now, setNow] = useState(0)
  const exact = startedAt && new Date(startedAt).toLocaleString(undefined, exactly)
  const when = startedAt && now ? `, ${relativeTime(startedAt, now)} (${exact})` : ''
  return (
    <span
      className={classes.count}
      title={`Execution ${count} of this kernel${when}`}
      onPointerEnter={() => setNow(Date.now())}
    >
      {count}
    </span>
  )
}
const exactly = { dateStyle: 'medium', timeStyle: 'medium' } as const

// A title, not a Tooltip: five hundred of those are half a second of work when a notebook opens.
function GutterButton(props: { label: string; disabled: boolean; onClick: () => void; children: ReactNode }) {
  const { label, disabled, onClick, children } = props
  return (
    <button
      type="button"
      className={classes.run}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
