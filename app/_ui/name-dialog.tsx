'use client'

import { Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { DialogButtons } from './dialog-buttons'

type Props = {
  title: string
  label: string
  description?: string
  placeholder?: string
  /** The name as it is. */
  value?: string
  maxLength: number
  /** Said when nothing was entered. */
  missing: string
  submit: string
  /** What else is asked, below the name. */
  children?: ReactNode
  /** Rejects with what is shown below the field. */
  onSubmit(name: string): Promise<void>
  onClose(): void
}

/** Asks for a name, and stays open with the reason while it is refused. */
export function NameDialog(props: Props) {
  const {
    title,
    label,
    description,
    placeholder,
    value,
    maxLength,
    missing,
    submit,
    onSubmit,
    onClose,
    children,
  } = props
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') return setProblem(missing)
    setBusy(true)
    try {
      await onSubmit(name)
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={send}>
        <TextInput
          name="name"
          label={label}
          description={description}
          placeholder={placeholder}
          defaultValue={value}
          maxLength={maxLength}
          error={problem}
          onChange={() => setProblem(undefined)}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        {children}
        <DialogButtons action={submit} busy={busy} onClose={onClose} />
      </form>
    </Modal>
  )
}
