'use client'

import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { Confirm } from '../../_ui/confirm'
import { Fact, Facts } from '../../_ui/facts'
import { sayFailure } from '../../_ui/notices'
import { Card, Section } from '../../_ui/page'
import { signOut } from '../../_ui/shell/sign-out'

/** The person's own account, and the ways out of it. */
export function Account({ name, email, workspace }: { name: string; email: string; workspace: string }) {
  const [asking, setAsking] = useState(false)
  const everywhere = async () => {
    try {
      await api('POST', '/api/account/sign-out-everywhere', {})
      window.location.assign('/sign-in')
    } catch (error) {
      sayFailure('Your sessions could not be ended', error)
      setAsking(false)
    }
  }
  return (
    <Section title="Account">
      <Card>
        <Facts>
          <Fact name="Name">{name}</Fact>
          <Fact name="E-mail">{email}</Fact>
          <Fact name="Workspace">{workspace}</Fact>
        </Facts>
        <Group mt="lg" gap="sm">
          <Button variant="default" onClick={() => void signOut()}>
            Sign out
          </Button>
          <Button variant="default" onClick={() => setAsking(true)}>
            Sign out everywhere
          </Button>
        </Group>
      </Card>
      {asking && (
        <Confirm
          title="Sign out everywhere?"
          text="Every browser in which you are signed in, this one too, is signed out at once. API keys keep working."
          action="Sign out everywhere"
          onConfirm={everywhere}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  )
}
