import { useRef } from 'react'
import type * as Y from 'yjs'
import type { CellKind } from '../../../lib/notebook/document'
import type { Output } from '../../../lib/notebook/state'
import classes from './cell.module.css'
import { useView } from './context'
import editor from './editor.module.css'
import { editorHeight } from './editor-metrics'
import { useMarkedText } from './find/use-found'
import { outputsHeight } from './outputs-height'
import { useSource } from './use-source'

const none: Output[] = []

/** A line of Markdown as text, px. */
const textLine = 25

/** A cell that is far from the screen: its text, about as high as it will be, which the browser need not lay out. */
export function UndrawnCell({ id, kind, text }: { id: string; kind: CellKind; text: Y.Text }) {
  const source = useSource(text)
  const codeHidden = useView((view) => view.attributes[id]?.codeHidden === true)
  const outputHidden = useView((view) => view.attributes[id]?.outputHidden === true)
  const outputs = useView((view) => view.kernel.cells[id]?.outputs ?? none)
  const body = useRef<HTMLDivElement>(null)
  useMarkedText(body, id, true, source)
  if (kind === 'markdown')
    return (
      <div
        ref={body}
        className={classes.undrawn}
        style={{ containIntrinsicHeight: source.split('\n').length * textLine }}
      >
        <div className={classes.undrawnText} data-text>
          {source}
        </div>
      </div>
    )
  const codeHeight = codeHidden ? 38 : editorHeight(source)
  const outputHeight = outputHidden ? 38 : outputsHeight(outputs)
  return (
    <div
      ref={body}
      className={`${classes.card} ${classes.undrawn}`}
      style={{ containIntrinsicHeight: codeHeight + outputHeight }}
    >
      <div className={editor.host} style={{ height: codeHeight }}>
        <pre className={editor.static} data-text>
          {source}
        </pre>
      </div>
      <div style={{ height: outputHeight }} />
    </div>
  )
}
