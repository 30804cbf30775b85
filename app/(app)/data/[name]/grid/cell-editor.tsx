import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { readTyped, typedText } from '../../../../../lib/datasets/edit/read-typed'
import type { DatasetColumn, DatasetValue } from '../../../../../lib/protocol/dataset'
import classes from './grid.module.css'

type Props = {
  column: DatasetColumn
  value: DatasetValue
  /** What was typed to begin with, in place of the value. */
  typed: string | undefined
  /** Done with a value; `key` says where to go next. */
  onDone: (value: DatasetValue, next: Pick<KeyboardEvent, 'key' | 'shiftKey'> | undefined) => void
  /** `problem`: why what was typed is lost. */
  onCancel: (problem?: string) => void
}

// No text that a person types holds these.
const missing = '\u0001'
const other = '\u0002'

/** Shows the choices at once, where the browser lets us. */
function open(select: HTMLSelectElement | null) {
  try {
    select?.showPicker()
  } catch {
    // A key opened it, and no press: Alt and the down arrow show them.
  }
}

/** Edits one cell in its place, in the way of its type. It stays open with the reason while its text is no value. */
export function CellEditor({ column, value, typed, onDone, onCancel }: Props) {
  const { name, type, categories } = column
  const [text, setText] = useState(() => typed ?? initialText(value, column))
  const [problem, setProblem] = useState<string>()
  const [isChoice, setChoice] = useState(type === 'boolean' || (categories && typed === undefined))
  const choices = useId()
  const ended = useRef(false)

  const finish = (next: Pick<KeyboardEvent, 'key' | 'shiftKey'> | undefined) => {
    if (ended.current) return
    // A text that was missing and is left alone stays missing.
    const isUntouched = typed === undefined && text === initialText(value, column)
    const read = isUntouched ? { value } : readTyped(text, column)
    if ('problem' in read) return setProblem(read.problem)
    ended.current = true
    onDone(read.value, next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      ended.current = true
      onCancel()
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      finish(event)
    }
  }
  const common = {
    className: classes.input,
    'aria-label': `${name}, ${type}`,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem ? `${choices}-problem` : undefined,
    autoFocus: true,
    onKeyDown,
    onBlur: () => {
      if (ended.current) return
      const read = readTyped(text, column)
      if ('problem' in read) {
        ended.current = true
        onCancel(`${read.problem}: ${text.slice(0, 60)}`)
      } else finish(undefined)
    },
  }
  if (isChoice)
    return (
      <select
        {...common}
        ref={open}
        value={value === null && text === '' ? missing : text}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          if (chosen === other) return setChoice(false)
          ended.current = true
          onDone(chosen === missing ? null : type === 'boolean' ? chosen === 'true' : chosen, undefined)
        }}
      >
        {(type === 'boolean' ? ['true', 'false'] : categories!).map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
        {type === 'text' && value !== null && !categories!.includes(text) && (
          <option value={text}>{text === '' ? 'empty text' : text}</option>
        )}
        <option value={missing}>missing</option>
        {type === 'text' && <option value={other}>another value…</option>}
      </select>
    )
  return (
    <>
      <input
        {...common}
        type={type === 'date' ? 'date' : type === 'datetime' ? 'datetime-local' : 'text'}
        step={type === 'datetime' ? 1 : undefined}
        inputMode={type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : undefined}
        list={categories ? choices : undefined}
        value={text}
        onFocus={(event) => typed === undefined && type === 'text' && event.currentTarget.select()}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem(undefined)
        }}
        spellCheck={false}
        autoComplete="off"
      />
      {categories && (
        <datalist id={choices}>
          {categories.map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
      )}
      {problem && (
        <span id={`${choices}-problem`} role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
    </>
  )
}

function initialText(value: DatasetValue, { type }: DatasetColumn): string {
  const text = typedText(value)
  return type === 'datetime' ? text.replace(/(\.\d+)?Z$/, '') : text
}
