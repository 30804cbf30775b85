'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { say, sayFailure } from '../../_ui/notices'

type Created = { id: string; title: string }

/** Brings files and addresses into a folder as new notebooks: a single one is opened, of several the list tells. */
export function useImport(folder: string | null) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const place = folder === null ? '' : `&folder=${folder}`
  const upload = (file: File) =>
    api<Created>('POST', `/api/notebooks/import?name=${encodeURIComponent(file.name)}${place}`, file)
  return {
    busy,
    /** Says which files were refused, and why. */
    async files(files: File[]) {
      setBusy(true)
      const created: Created[] = []
      // One at a time: each may be large.
      for (const file of files)
        await upload(file).then(
          (one) => created.push(one),
          (error) => sayFailure(`${file.name} was not imported`, error),
        )
      setBusy(false)
      const [only, ...others] = created
      if (only && others.length === 0 && files.length === 1) return router.push(`/n/${only.id}`)
      if (created.length > 0) say(`${created.length} notebooks were imported.`)
      router.refresh()
    },
    /** Rejects with the reason. */
    async address(address: string) {
      const body = { address, ...(folder !== null && { folder }) }
      const { id } = await api<Created>('POST', '/api/notebooks/import-address', body)
      router.push(`/n/${id}`)
    },
  }
}
export type Import = ReturnType<typeof useImport>
