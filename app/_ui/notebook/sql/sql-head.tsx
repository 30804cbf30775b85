import { Tooltip } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { isResultName } from '../../../../lib/notebook/sql/result-name'
import { connectionOf } from '../../../../lib/notebook/sql/to-typescript'
import type { Actions } from '../actions'
import { useView } from '../context'
import { useSource } from '../use-source'
import { mayEdit } from '../view'
import classes from './sql.module.css'

type Props = { id: string; text: Y.Text; actions: Actions }

/** Above a query: that it is SQL, where it is answered, and the variable that holds its table. */
export function SqlHead({ id, text, actions }: Props) {
  const connection = connectionOf(useSource(text))
  return (
    <div className={classes.head}>
      <span className={classes.kind}>SQL</span>
      {connection && (
        <span className={classes.connection}>
          PostgreSQL at <code>{connection}</code>
        </span>
      )}
      <IconArrowRight size={13} aria-hidden="true" className={classes.arrow} />
      <ResultName id={id} actions={actions} />
    </div>
  )
}

function ResultName({ id, actions }: Omit<Props, 'text'>) {
  const index = useView((view) => view.ids.indexOf(id))
  const result = useView((view) => view.attributes[id]?.result ?? '')
  const editable = useView(mayEdit)
  const [draft, setDraft] = useState(result)
  useEffect(() => setDraft(result), [result])
  const wrong = draft !== '' && !isResultName(draft)
  const leave = () => {
    if (wrong) setDraft(result)
    else if (draft !== result) actions.setResult(id, draft)
  }
  return (
    <Tooltip
      label={
        wrong ? 'Letters, digits and _, not beginning with a digit' : 'The variable that holds the table'
      }
      opened={wrong ? true : undefined}
    >
      <input
        className={classes.result}
        // As wide as its text: what follows in the line is empty.
        size={Math.max(draft.length, 11)}
        value={draft}
        placeholder="no variable"
        readOnly={!editable}
        spellCheck={false}
        autoComplete="off"
        aria-label={`Variable of cell ${index + 1}'s table`}
        aria-invalid={wrong}
        onChange={(event) => setDraft(event.target.value.trim())}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') {
            setDraft(result)
            actions.select(id)
          }
        }}
      />
    </Tooltip>
  )
}
