'use client'

import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../_ui/api'
import { CopyButton } from '../../../_ui/copy-button'
import { sayFailure } from '../../../_ui/notices'
import classes from '../repositories.module.css'

/** What the site that has the repository must be told, so that a push pulls it. The secret is shown when it is asked for. */
export function Webhook({ id, address }: { id: string; address: string }) {
  const [secret, setSecret] = useState<string>()
  const show = () =>
    api<{ secret: string }>('GET', `/api/repositories/${id}/webhook`)
      .then((answer) => setSecret(answer.secret))
      .catch((error) => sayFailure('The secret could not be shown', error))
  return (
    <div className={classes.webhook}>
      <TextInput label="Payload URL" readOnly value={address} rightSection={<CopyButton text={address} />} />
      {secret ? (
        <TextInput label="Secret" readOnly value={secret} rightSection={<CopyButton text={secret} />} />
      ) : (
        <Button variant="default" onClick={show}>
          Show the secret
        </Button>
      )}
      <p className={classes.meta}>
        Content type application/json, the push event. Each body is signed with the secret, as{' '}
        <code>X-Hub-Signature-256</code>.
      </p>
    </div>
  )
}
