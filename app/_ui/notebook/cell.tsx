import { memo } from 'react'
import type * as Y from 'yjs'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { CellToolbar } from './cell-toolbar'
import { CodeEditor } from './code-editor'
import { useView } from './context'
import { CellNotes } from './graph/cell-notes'
import { isStale } from './graph/graph-view'
import { Gutter } from './gutter'
import { MarkdownCell } from './markdown-cell'
import { Outputs } from './outputs/outputs'
import { useCellText } from './use-source'
import { mayEdit } from './view'

type Props = { id: string; index: number; actions: Actions }

/** One cell: gutter, and a card that joins code and output. */
export const CellCard = memo(function CellCard({ id, index, actions }: Props) {
  const text = useCellText(id)
  const kind = useView((view) => view.kinds[id])
  const selected = useView((view) => (view.selected === id ? view.mode : undefined))
  const state = useView((view) => (view.asked[id] ? 'queued' : view.kernel.cells[id]?.state))
  // What waits or runs is on its way to be fresh.
  const stale = useView((view) => isStale(view, id)) && state !== 'queued' && state !== 'running'
  const editable = useView(mayEdit)
  if (!text) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the selected cell through KeysOfNotebook
    <article
      className={classes.cell}
      data-cell-id={id}
      data-kind={kind}
      data-selected={selected}
      data-state={kind === 'code' ? state : undefined}
      data-stale={stale || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: in command mode the cell itself has the focus, as in every notebook
      tabIndex={0}
      aria-label={`Cell ${index + 1}, ${kind === 'code' ? 'code' : 'Markdown'}${stale ? ', stale' : ''}`}
      onFocus={(event) => event.target === event.currentTarget && actions.note(id)}
      onClick={(event) => {
        const target = event.target as HTMLElement
        if (!target.closest('.monaco-editor, [data-editor], button, a, input, summary, textarea'))
          actions.note(id)
      }}
    >
      {kind === 'code' ? (
        <Gutter id={id} index={index} actions={actions} />
      ) : (
        <div className={classes.gutter} />
      )}
      <div className={classes.body}>
        {kind === 'code' ? (
          <CodeCard id={id} index={index} text={text} actions={actions} />
        ) : (
          <MarkdownCell id={id} index={index} text={text} actions={actions} />
        )}
        {editable && <CellToolbar id={id} kind={kind ?? 'code'} actions={actions} />}
      </div>
    </article>
  )
})

function CodeCard({ id, index, text, actions }: Props & { text: Y.Text }) {
  return (
    <div className={classes.card}>
      <span className={classes.edge} aria-hidden="true" />
      <CodeEditor
        id={id}
        text={text}
        language="typescript"
        label={`Code of cell ${index + 1}`}
        actions={actions}
      />
      <CellNotes id={id} actions={actions} />
      <Outputs id={id} actions={actions} />
    </div>
  )
}
