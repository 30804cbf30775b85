import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react'
import { Fragment } from 'react'
import { mime } from '../../../../lib/protocol/mime'
import type { Actions } from '../actions'
import { cellName } from '../cell-name'
import { useView } from '../context'
import { mayEdit, type View } from '../view'
import classes from './graph.module.css'
import { type Note, notesOf, type Part } from './notes'

const none: readonly never[] = []

/** What the graph has to say of a cell: under its code, with links to the other cells. */
export function CellNotes({ id, actions }: { id: string; actions: Actions }) {
  const reactivity = useView((view) => view.settings.reactivity)
  const standing = useView((view) => view.graph.standings[id])
  const warnings = useView((view) => view.graph.warnings[id] ?? none)
  const blocked = useView((view) => view.blocked[id] ?? none)
  const asksToBeManual = useView((view) => asks(view, id))
  const editing = useView((view) => view.selected === id && view.mode === 'edit')
  const editable = useView(mayEdit)
  const notes = notesOf({ id, reactivity, standing, warnings, blocked, asksToBeManual, editing })
  if (notes.length === 0) return null
  return (
    <ul className={classes.notes} aria-label="Notes on this cell">
      {notes.map((note, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two warnings may read alike, and none has a state
        <li key={i} className={classes.note} data-kind={note.kind}>
          <span className={classes.noteIcon} aria-hidden="true">
            {note.kind === 'trains' ? <IconHandStop size={14} /> : <IconAlertTriangle size={14} />}
          </span>
          <span className={classes.words}>
            {note.parts.map((part, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence
              <Words key={j} part={part} actions={actions} />
            ))}
          </span>
          {editable && <Helps id={id} note={note} actions={actions} />}
        </li>
      ))}
    </ul>
  )
}

function Words({ part, actions }: { part: Part; actions: Actions }) {
  const ids = useView((view) => view.ids)
  if (typeof part === 'string') return part
  if ('name' in part) return <code>{part.name}</code>
  return part.cells.map((id, i) => (
    <Fragment key={id}>
      {i > 0 && (i === part.cells.length - 1 ? ' and ' : ', ')}
      <button type="button" className={classes.link} onClick={() => actions.show(id)}>
        {cellName(id, ids)}
      </button>
    </Fragment>
  ))
}

function Helps({ id, note, actions }: { id: string; note: Note; actions: Actions }) {
  const { kind, run } = note
  if (run)
    return (
      <Button size="compact-xs" variant="default" onClick={() => void actions.run(run.cells)}>
        {run.label}
      </Button>
    )
  if (kind !== 'trains') return null
  return (
    <span className={classes.answers}>
      <Button size="compact-xs" variant="default" onClick={() => actions.setManual(id, true)}>
        Only by hand
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => actions.setManual(id, false)}>
        With the others
      </Button>
    </span>
  )
}

/** Once: the answer, whichever, is kept in the document. */
function asks(view: View, id: string) {
  if (!mayEdit(view) || view.attributes[id]?.manual !== undefined) return false
  const outputs = view.kernel.cells[id]?.outputs
  const trained = outputs?.some((output) => 'data' in output && output.data[mime.training] !== undefined)
  return trained === true || (view.graph.trains[id] === true && outputs !== undefined)
}
