import { memo, type RefObject, useLayoutEffect, useRef } from 'react'
import type { Output } from '../../../../lib/notebook/state'
import type { Actions } from '../actions'
import { useView } from '../context'
import { OutputBoundary } from './boundary'
import { ErrorOutput } from './error'
import { MimeOutput } from './mime-output'
import classes from './outputs.module.css'
import { StreamOutput } from './stream'

const none: Output[] = []
/** Beyond this many the oldest outputs are folded away: a page of thousands of figures stops being one. */
const shownOutputs = 100

/** What a cell has put out, below its code. */
export function Outputs({ id, actions }: { id: string; actions: Actions }) {
  const outputs = useView((view) => view.kernel.cells[id]?.outputs ?? none)
  const executionId = useView((view) => view.kernel.cells[id]?.executionId)
  const running = useView((view) => view.kernel.cells[id]?.state === 'running')
  const area = useRef<HTMLDivElement>(null)
  useKeptHeight(area, running, outputs.length)
  if (outputs.length === 0) return <div ref={area} />
  const hidden = Math.max(0, outputs.length - shownOutputs)
  return (
    <div ref={area} className={classes.outputs} data-testid="outputs">
      {hidden > 0 && <p className={classes.note}>{hidden} earlier outputs of this cell are not drawn.</p>}
      {outputs.slice(hidden).map((output, i) => (
        <OneOutput
          // biome-ignore lint/suspicious/noArrayIndexKey: outputs are only ever appended or replaced all together
          key={i + hidden}
          output={output}
          executionId={executionId}
          running={running && i + hidden === outputs.length - 1}
          actions={actions}
          cellId={id}
        />
      ))}
    </div>
  )
}

type OneProps = {
  output: Output
  executionId: string | undefined
  running: boolean
  actions: Actions
  cellId: string
}

const OneOutput = memo(function OneOutput({ output, executionId, running, actions, cellId }: OneProps) {
  switch (output.output_type) {
    case 'stream':
      return <StreamOutput output={output} executionId={executionId} running={running} />
    case 'error':
      return <ErrorOutput output={output} cellId={cellId} actions={actions} />
    case 'display_data':
    case 'execute_result':
      return (
        <OutputBoundary output={output} text={String(output.data['text/plain'] ?? '')}>
          <MimeOutput data={output.data} actions={actions} cellId={cellId} />
        </OutputBoundary>
      )
  }
})

/**
 * While a cell reruns its outputs are taken away and come again one by one; the area keeps the height it had until
 * the run ends, so that what stands below does not jump.
 */
function useKeptHeight(area: RefObject<HTMLDivElement | null>, running: boolean, length: number) {
  const last = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever outputs come or go
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    if (running) {
      element.style.minHeight = `${last.current}px`
      return
    }
    element.style.minHeight = ''
    last.current = element.offsetHeight
  }, [area, running, length])
}
