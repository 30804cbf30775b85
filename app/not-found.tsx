import type { Metadata } from 'next'
import { MessagePage } from './_ui/message-page'
import { SectionLink } from './_ui/section-link'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      text="The page was deleted, the address has a typing error, or it belongs to a workspace you are not in."
      action={<SectionLink />}
    />
  )
}
