'use client'

import type { useRouter } from 'next/navigation'
import { api } from '../api'
import { sayFailure } from '../notices'

/** Makes an empty notebook, in a folder or at the top, and opens it. */
export async function createNotebook(router: ReturnType<typeof useRouter>, folder: string | null = null) {
  try {
    const { id } = await api<{ id: string }>('POST', '/api/notebooks', folder === null ? {} : { folder })
    router.push(`/n/${id}`)
  } catch (error) {
    sayFailure('The notebook could not be made', error)
  }
}
