import { IconChevronRight } from '@tabler/icons-react'
import { memo, useRef } from 'react'
import type * as Y from 'yjs'
import type { Actions } from './actions'
import classes from './cell.module.css'
import { CodeEditor } from './code-editor'
import { useView } from './context'
import { useMarkedRendering } from './find/use-found'
import { plural } from './format'
import hidden from './hidden.module.css'
import { Markdown } from './outputs/markdown/markdown'
import { useSource } from './use-source'
import { mayEdit } from './view'

type Props = { id: string; text: Y.Text; actions: Actions }

/** Text: rendered, and its source while it is edited. */
export const MarkdownCell = memo(function MarkdownCell({ id, text, actions }: Props) {
  const editing = useView((view) => view.selected === id && view.mode === 'edit')
  const editable = useView(mayEdit)
  if (editing && editable) {
    return (
      <div className={classes.card}>
        <CodeEditor id={id} text={text} language="markdown" label="Markdown" actions={actions} />
      </div>
    )
  }
  return <Rendered id={id} text={text} actions={actions} editable={editable} />
})

function Rendered({ id, text, actions, editable }: Props & { editable: boolean }) {
  const source = useSource(text)
  const body = useRef<HTMLDivElement>(null)
  useMarkedRendering(body, id, source)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the pointer; Enter does the same
    <div ref={body} className={classes.rendered} onDoubleClick={() => editable && actions.select(id, 'edit')}>
      {source.trim() ? (
        <Markdown source={source} />
      ) : (
        <p className={classes.hint}>Empty text. Press Enter to write.</p>
      )}
      <FoldedSection id={id} actions={actions} />
    </div>
  )
}

/** Below the heading of a folded section: how many cells it hides, and what shows them. */
function FoldedSection({ id, actions }: { id: string; actions: Actions }) {
  const cells = useView((view) => {
    if (!view.attributes[id]?.sectionFolded) return 0
    return Object.values(view.folded).filter((heading) => heading === id).length
  })
  if (cells === 0) return null
  return (
    <button
      type="button"
      className={hidden.section}
      aria-expanded={false}
      onClick={() => actions.fold(false, [id])}
    >
      <IconChevronRight size={14} aria-hidden="true" />
      {plural(cells, 'cell')} folded
    </button>
  )
}
