import { memo, useRef, useState } from 'react'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { CellToolbar } from './cell-toolbar'
import { CodeCard } from './code-card'
import { useView } from './context'
import { isStale } from './graph/graph-view'
import { Grip } from './grip'
import { Gutter } from './gutter'
import { Inserter } from './inserter'
import { MarkdownCell } from './markdown-cell'
import { isOneOfSeveral } from './selection'
import { UndrawnCell } from './undrawn-cell'
import { useDrawn } from './use-drawn'
import { useCellText } from './use-source'
import { mayEdit } from './view'

/** What answers to a press by itself. */
const ownPress = '.monaco-editor, [data-editor], button, a, input, summary, textarea'

const kindNames = { code: 'code', markdown: 'Markdown', sql: 'SQL' }

type Props = { id: string; index: number; actions: Actions }

/** One cell: gutter, and a card that joins code and output. */
export const CellCard = memo(function CellCard({ id, index, actions }: Props) {
  const text = useCellText(id)
  const kind = useView((view) => view.kinds[id])
  const runs = kind !== 'markdown'
  const selected = useView((view) => (view.selected === id ? view.mode : undefined))
  const chosen = useView((view) => isOneOfSeveral(view, id))
  const state = useView((view) => (view.asked[id] ? 'queued' : view.kernel.cells[id]?.state))
  // What waits or runs is on its way to be fresh.
  const stale = useView((view) => isStale(view, id)) && state !== 'queued' && state !== 'running'
  const editable = useView(mayEdit)
  // Five hundred toolbars would be most of the page's work; only this one is seen.
  const [under, setUnder] = useState(false)
  const article = useRef<HTMLElement>(null)
  const cells = useView((view) => view.ids.length)
  const drawn = useDrawn(article, { index, cells, wanted: selected !== undefined })
  if (!text) return null
  return (
    <>
      {editable &&
        (drawn ? <Inserter index={index} actions={actions} /> : <div className={classes.inserter} />)}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the selected cell through KeysOfNotebook */}
      <article
        ref={article}
        className={classes.cell}
        data-cell-id={id}
        data-kind={kind}
        data-selected={selected}
        data-chosen={chosen || undefined}
        data-state={runs ? state : undefined}
        data-stale={stale || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: in command mode the cell itself has the focus, as in every notebook
        tabIndex={0}
        aria-label={`Cell ${index + 1}, ${kindNames[kind ?? 'code']}${stale ? ', stale' : ''}${chosen ? ', selected' : ''}`}
        onPointerEnter={() => setUnder(true)}
        onPointerLeave={() => setUnder(false)}
        // With Shift or Ctrl it adds to what is selected: the focus would begin anew, Shift would select text between cells.
        onMouseDown={(event) => {
          const { shiftKey, ctrlKey, metaKey, target } = event
          if ((shiftKey || ctrlKey || metaKey) && !(target as HTMLElement).closest(ownPress))
            event.preventDefault()
        }}
        onFocus={(event) => event.target === event.currentTarget && actions.note(id)}
        onClick={(event) => {
          const target = event.target as HTMLElement
          if (!target.closest(ownPress)) actions.press(id, event)
        }}
      >
        {runs ? drawn && <Gutter id={id} actions={actions} /> : <div className={classes.gutter} />}
        <Grip id={id} actions={actions} editable={editable} />
        <div className={classes.body}>
          {!drawn ? (
            <UndrawnCell id={id} kind={kind ?? 'code'} text={text} />
          ) : runs ? (
            <CodeCard id={id} text={text} actions={actions} />
          ) : (
            <MarkdownCell id={id} text={text} actions={actions} />
          )}
          {editable && (under || selected) && <CellToolbar id={id} kind={kind ?? 'code'} actions={actions} />}
        </div>
      </article>
    </>
  )
})
