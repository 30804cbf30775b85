'use client'

import { Button, Group } from '@mantine/core'
import { MessagePage } from './_ui/message-page'
import { SectionLink } from './_ui/section-link'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function PageError({ error, reset }: Props) {
  return (
    <MessagePage
      title="This page could not be shown"
      text={
        error.digest
          ? `The server's log says why, under the number ${error.digest}. Nothing you saved is lost.`
          : error.message
      }
      action={
        <Group justify="center">
          <Button onClick={reset}>Try again</Button>
          <SectionLink variant="default" />
        </Group>
      }
    />
  )
}
