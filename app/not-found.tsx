import { Button } from '@mantine/core'
import type { Metadata } from 'next'
import { MessagePage } from './_ui/message-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      text="The page was deleted, the address has a typing error, or it belongs to a workspace you are not in."
      action={
        <Button component="a" href="/notebooks">
          Go to notebooks
        </Button>
      }
    />
  )
}
