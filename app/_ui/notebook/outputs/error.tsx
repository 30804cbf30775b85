import type { Output } from '../../../../lib/notebook/state'
import type { Frame } from '../../../../lib/protocol/events'
import type { Actions } from '../actions'
import { cellName } from '../cell-name'
import { useView } from '../context'
import { ErrorHelp } from './error-help'
import classes from './outputs.module.css'
import { TerminalLines } from './terminal-lines'

type ErrorValue = Extract<Output, { output_type: 'error' }>

/** A failure: its name and message, the way to it through the person's own cells, the rest folded. */
export function ErrorOutput({
  output,
  cellId,
  actions,
}: {
  output: ErrorValue
  cellId: string
  actions: Actions
}) {
  const { ename, evalue, frames, traceback } = output
  const ids = useView((view) => view.ids)
  const hasTrace = traceback.some((line) => /^\s+at /.test(line))
  return (
    <div className={classes.error} role="alert">
      <div className={classes.message}>
        <b>{ename}</b>
        {evalue && (
          <>
            : <span>{evalue}</span>
          </>
        )}
      </div>
      <ErrorHelp evalue={evalue} cellId={cellId} actions={actions} />
      {frames.length > 0 && (
        <ol className={classes.frames}>
          {frames.map((frame, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a recursive function has the same frame many times
            <li key={i}>
              <button type="button" onClick={() => actions.goTo(frame.cellId, frame.line, frame.column)}>
                {place(frame, ids)}
              </button>
              {frame.name && <span> in {frame.name}</span>}
            </li>
          ))}
        </ol>
      )}
      {hasTrace && (
        <details className={classes.trace}>
          <summary>Whole trace</summary>
          <div className={classes.traceLines}>
            <TerminalLines lines={traceback.map((line) => named(line, ids))} />
          </div>
        </details>
      )}
    </div>
  )
}

const place = ({ cellId, line }: Frame, ids: readonly string[]) => `${titled(cellId, ids)}, line ${line}`

const titled = (id: string, ids: readonly string[]) => cellName(id, ids).replace(/^cell/, 'Cell')

/** A line of the trace with cells called as the page calls them. */
const named = (line: string, ids: readonly string[]) =>
  line.replace(/cell-([0-9a-z]+)\.ts/g, (_, id: string) => titled(id, ids))
