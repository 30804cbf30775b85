import { useMemo, useState } from 'react'
import type { Output } from '../../../../lib/notebook/state'
import { formatBytes } from '../../units'
import { useSession } from '../context'
import { plural } from '../format'
import { fold } from './fold'
import { LineWindow } from './line-window'
import classes from './outputs.module.css'
import { TerminalLines } from './terminal-lines'

type Props = {
  output: Extract<Output, { output_type: 'stream' }>
  executionId: string | undefined
  running: boolean
}

/** What a cell printed: its beginning and end, the rest on demand. */
export function StreamOutput({ output, executionId, running }: Props) {
  const { name, text, omitted = 0, tail } = output
  const [open, setOpen] = useState(false)
  const all = tail === undefined ? text : text + tail
  const folded = useMemo(() => fold(all, !running), [all, running])
  // Thirty lines that wrap ten times each would be no fold.
  const maxLine = folded.head.length > 8 ? 400 : 4000
  const unseen = folded.hiddenSize > 0 || omitted > 0
  return (
    <div className={classes.stream} data-name={name}>
      {open ? (
        <LineWindow text={all} follow={running} />
      ) : (
        <>
          <TerminalLines lines={folded.head} maxLine={maxLine} />
          {unseen && (
            <div className={classes.fold}>
              {folded.hiddenSize > 0 && (
                <button type="button" onClick={() => setOpen(true)}>
                  show{' '}
                  {folded.hidden === undefined
                    ? `${formatBytes(folded.hiddenSize)} more`
                    : plural(folded.hidden, 'more line')}
                </button>
              )}
              {omitted > 0 && <span>{formatBytes(omitted)} left out here</span>}
              <FullLog executionId={executionId} />
            </div>
          )}
          <TerminalLines lines={folded.tail} maxLine={maxLine} />
        </>
      )}
      {open && (
        <div className={classes.fold}>
          <button type="button" onClick={() => setOpen(false)}>
            fold
          </button>
          {omitted > 0 && <span>{formatBytes(omitted)} left out between beginning and end</span>}
          <FullLog executionId={executionId} />
        </div>
      )}
    </div>
  )
}

function FullLog({ executionId }: { executionId: string | undefined }) {
  const { notebookId } = useSession()
  if (!executionId) return null
  return (
    <a
      href={`/api/notebooks/${notebookId}/log/${encodeURIComponent(executionId)}`}
      target="_blank"
      rel="noreferrer"
    >
      open full log
    </a>
  )
}
