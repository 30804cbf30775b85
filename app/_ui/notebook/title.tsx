import { useEffect, useState } from 'react'
import type { Actions } from './actions'
import { useView } from './context'
import classes from './top-bar.module.css'
import { mayEdit } from './view'

/** The notebook's name, changed in place. */
export function Title({ actions }: { actions: Actions }) {
  const title = useView((view) => view.title)
  const editable = useView(mayEdit)
  const [draft, setDraft] = useState<string>()
  useEffect(() => {
    document.title = `${title} · Cellar`
  }, [title])
  if (draft === undefined) {
    return (
      <h1 style={{ display: 'contents' }}>
        <button
          type="button"
          className={classes.title}
          title={editable ? 'Rename' : title}
          disabled={!editable}
          onClick={() => setDraft(title)}
        >
          {title}
        </button>
      </h1>
    )
  }
  const finish = (save: boolean) => {
    const next = draft.trim()
    setDraft(undefined)
    if (save && next && next !== title) void actions.rename(next.slice(0, 200))
  }
  return (
    <input
      className={classes.title}
      aria-label="Name of the notebook"
      value={draft}
      maxLength={200}
      ref={(input) => input?.focus()}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true)
        if (event.key === 'Escape') finish(false)
      }}
    />
  )
}
