import type * as Y from 'yjs'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { CodeEditor } from './code-editor'
import { useView } from './context'
import { Markdown } from './outputs/markdown'
import { useSource } from './use-source'
import { mayEdit } from './view'

type Props = { id: string; index: number; text: Y.Text; actions: Actions }

/** Text: rendered, and its source while it is edited. */
export function MarkdownCell({ id, index, text, actions }: Props) {
  const editing = useView((view) => view.selected === id && view.mode === 'edit')
  const editable = useView(mayEdit)
  if (editing && editable) {
    return (
      <div className={classes.card}>
        <CodeEditor
          id={id}
          text={text}
          language="markdown"
          label={`Markdown of cell ${index + 1}`}
          actions={actions}
        />
      </div>
    )
  }
  return <Rendered id={id} text={text} actions={actions} editable={editable} />
}

function Rendered({ id, text, actions, editable }: Omit<Props, 'index'> & { editable: boolean }) {
  const source = useSource(text)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the pointer; Enter does the same
    <div className={classes.rendered} onDoubleClick={() => editable && actions.select(id, 'edit')}>
      {source.trim() ? (
        <Markdown source={source} />
      ) : (
        <p className={classes.hint}>Empty text. Press Enter to write.</p>
      )}
    </div>
  )
}
