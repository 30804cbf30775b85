'use client'

import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import classes from '../auth.module.css'
import { signIn } from '../sign-in'

/** `next`: where to go afterwards, a path of this installation. */
export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(undefined)
    const refused = await signIn(String(form.get('email')), String(form.get('password')))
    // A whole page load, so that nothing of an earlier session stays in memory.
    if (!refused) return window.location.assign(next)
    setProblem(refused)
    setBusy(false)
  }

  return (
    <form onSubmit={submit}>
      <h1 className={classes.title}>Sign in</h1>
      <p className={classes.text}>Welcome back.</p>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.fields}>
        <TextInput name="email" type="email" label="E-mail" autoComplete="username" required autoFocus />
        <PasswordInput name="password" label="Password" autoComplete="current-password" required />
        <Button type="submit" loading={busy} fullWidth mt={6}>
          Sign in
        </Button>
      </div>
      <p className={classes.other}>
        New here?{' '}
        <Anchor component={Link} href="/register">
          Create an account
        </Anchor>
      </p>
    </form>
  )
}
