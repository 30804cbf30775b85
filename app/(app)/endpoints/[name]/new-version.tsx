'use client'

import { Button } from '@mantine/core'
import { useState } from 'react'
import { AddModelDialog } from '../add-model/add-model-dialog'

/** A version of this endpoint from a file. */
export function NewVersion({
  endpoint,
  onPublished,
}: {
  endpoint: string
  onPublished: () => Promise<void>
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        New version from a file
      </Button>
      {open && (
        <AddModelDialog endpoint={endpoint} onClose={() => setOpen(false)} onPublished={onPublished} />
      )}
    </>
  )
}
