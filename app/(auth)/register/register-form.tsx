'use client'

import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { ApiError, api } from '../../_ui/api'
import classes from '../auth.module.css'
import { signIn } from '../sign-in'
import { type Account, accountProblems } from './account'

/** Makes an account, signs in, and goes on to the first notebook. */
export function RegisterForm() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [fields, setFields] = useState<Partial<Account>>({})
  const clear = (name: keyof Account) => setFields(({ [name]: _, ...others }) => others)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const account = {
      name: String(form.get('name')).trim(),
      email: String(form.get('email')).trim(),
      password: String(form.get('password')),
    }
    const problems = accountProblems(account)
    setFields(problems)
    setProblem(undefined)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    try {
      await api('POST', '/api/register', account)
      const refused = await signIn(account.email, account.password)
      if (!refused) return window.location.assign('/?first=1')
      setProblem(`Your account was made, but signing in failed: ${refused}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'email_taken')
        setFields({ email: 'There is an account with this e-mail; sign in instead.' })
      else if (Object.keys(error.fields).length > 0) setFields(error.fields)
      else setProblem(error.message)
    }
    setBusy(false)
  }

  return (
    <form onSubmit={submit} noValidate>
      <h1 className={classes.title}>Create an account</h1>
      <p className={classes.text}>You get a workspace of your own, with three notebooks to begin from.</p>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.fields}>
        <TextInput
          name="name"
          label="Name"
          autoComplete="name"
          required
          autoFocus
          error={fields.name}
          onChange={() => clear('name')}
        />
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          autoComplete="username"
          required
          error={fields.email}
          onChange={() => clear('email')}
        />
        <PasswordInput
          name="password"
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          required
          error={fields.password}
          onChange={() => clear('password')}
        />
        <Button type="submit" loading={busy} fullWidth mt={6}>
          Create account
        </Button>
      </div>
      <p className={classes.other}>
        Have one already?{' '}
        <Anchor component={Link} href="/sign-in">
          Sign in
        </Anchor>
      </p>
    </form>
  )
}
