import { memo } from 'react'
import type * as Y from 'yjs'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { CodeEditor } from './code-editor'
import { useView } from './context'
import { plural } from './format'
import { CellNotes } from './graph/cell-notes'
import { Hidden } from './hidden'
import hidden from './hidden.module.css'
import { languageOf } from './language'
import { BlockedNote } from './language/blocked-note'
import { Outputs } from './outputs/outputs'
import { SqlHead } from './sql/sql-head'
import { useSource } from './use-source'

type Props = { id: string; text: Y.Text; actions: Actions }

/** The card of a cell that runs: its text, what is odd about it, and what it put out; text and output may be hidden. */
export const CodeCard = memo(function CodeCard({ id, text, actions }: Props) {
  const kind = useView((view) => view.kinds[id] ?? 'code')
  const codeHidden = useView((view) => view.attributes[id]?.codeHidden === true)
  const outputHidden = useView((view) => view.attributes[id]?.outputHidden === true)
  const outputs = useView((view) => view.kernel.cells[id]?.outputs.length ?? 0)
  return (
    <div className={classes.card}>
      <span className={classes.edge} aria-hidden="true" />
      {kind === 'sql' && <SqlHead id={id} text={text} actions={actions} />}
      {codeHidden ? (
        <HiddenCode text={text} onShow={() => actions.toggleLook('codeHidden', [id])} />
      ) : (
        <CodeEditor
          id={id}
          text={text}
          language={languageOf(kind)}
          label={kind === 'sql' ? 'SQL' : 'Code'}
          actions={actions}
        />
      )}
      <BlockedNote id={id} actions={actions} />
      <CellNotes id={id} actions={actions} />
      {!outputHidden ? (
        <Outputs id={id} actions={actions} />
      ) : (
        outputs > 0 && (
          <Hidden label="Show the output" onShow={() => actions.toggleLook('outputHidden', [id])}>
            {plural(outputs, 'output')} hidden
          </Hidden>
        )
      )}
    </div>
  )
})

function HiddenCode({ text, onShow }: { text: Y.Text; onShow: () => void }) {
  const source = useSource(text)
  const lines = source.split('\n')
  return (
    <Hidden label="Show the code" onShow={onShow}>
      <code>{lines.find((line) => line.trim() !== '')?.trim() ?? 'empty'}</code>
      <span className={hidden.count}>{plural(lines.length, 'line')}</span>
    </Hidden>
  )
}
