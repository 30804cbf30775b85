import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ControlProps } from './control'
import classes from './inputs.module.css'

/** A pause in typing this long is taken for a word's end, ms. */
const pauseMs = 250

/** Text moves the variable in pauses of typing, and at once with Enter or on leaving. */
export function TextField({ id, control, value, disabled, move }: ControlProps<'text'>) {
  const [typed, setTyped] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const commit = (text: string | undefined) => {
    clearTimeout(timer.current)
    setTyped(undefined)
    if (text !== undefined && text !== value) move(text)
  }
  const type = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => commit(text), pauseMs)
  }
  const props = {
    id,
    className: classes.field,
    size: 'xs',
    placeholder: control.placeholder,
    value: typed ?? String(value),
    disabled,
    onBlur: () => commit(typed),
  }
  return control.multiline ? (
    <Textarea
      {...props}
      autosize
      minRows={2}
      maxRows={12}
      onChange={(event) => type(event.currentTarget.value)}
    />
  ) : (
    <TextInput
      {...props}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit(typed)}
    />
  )
}
