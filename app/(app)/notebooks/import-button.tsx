'use client'

import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { sayFailure } from '../../_ui/notices'

const largest = 20_000_000

/** Brings in a percent-TypeScript or Jupyter file as a new notebook, and opens it. */
export function ImportButton() {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const bring = async (file: File | null) => {
    if (!file) return
    setBusy(true)
    try {
      if (!/\.(ts|ipynb)$/i.test(file.name)) throw new Error(`choose a .ts or .ipynb file, not ${file.name}`)
      if (file.size > largest) throw new Error(`the file is larger than 20 MB: ${file.name}`)
      const body = { name: file.name, text: await file.text() }
      const { id } = await api<{ id: string }>('POST', '/api/notebooks/import', body)
      router.push(`/n/${id}`)
    } catch (error) {
      sayFailure('The file could not be imported', error)
    }
    setBusy(false)
  }
  return (
    <FileButton
      onChange={(file) => void bring(file)}
      accept=".ts,.ipynb"
      inputProps={{ 'aria-label': 'File to import' }}
    >
      {(props) => (
        <Button
          {...props}
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.6} />}
          loading={busy}
        >
          Import
        </Button>
      )}
    </FileButton>
  )
}
