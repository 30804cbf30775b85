'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { api } from '../../_ui/api'
import { say, sayFailure } from '../../_ui/notices'
import { sayWithUndo } from '../../_ui/say-with-undo'
import type { Dragged } from './drag'

type Titled = { id: string; title: string }

/** What can be done to notebooks and folders of the list; each ends with the list as it is then. */
export function useLibrary() {
  const router = useRouter()
  return useMemo(() => {
    /** Does the same to each, and says which failed and why. */
    async function each(ids: string[], failure: string, act: (id: string) => Promise<unknown>) {
      const results = await Promise.allSettled(ids.map(act))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) sayFailure(failure, failed.reason)
      router.refresh()
      return results.filter(({ status }) => status === 'fulfilled').length
    }
    const moveNotebooks = (ids: string[], folder: string | null) =>
      each(ids, 'Not everything could be moved', (id) => api('POST', `/api/notebooks/${id}/move`, { folder }))
    const changeFolder = (id: string, change: { name?: string; parent?: string | null }) =>
      api('PATCH', `/api/folders/${id}`, change).then(() => router.refresh())
    return {
      moveNotebooks,
      changeFolder,
      async drop(what: Dragged, folder: string | null) {
        if ('notebooks' in what) await moveNotebooks(what.notebooks, folder)
        else if (what.folder !== folder)
          await changeFolder(what.folder, { parent: folder }).catch((error) =>
            sayFailure('The folder could not be moved', error),
          )
      },
      async createFolder(name: string, parent: string | null) {
        await api('POST', '/api/folders', { name, parent })
        router.refresh()
      },
      async deleteFolder(id: string, name: string) {
        try {
          await api('DELETE', `/api/folders/${id}`)
          say(`“${name}” was deleted; its notebooks are in the trash.`)
        } catch (error) {
          sayFailure(`“${name}” could not be deleted`, error)
        }
        router.refresh()
      },
      async duplicate(ids: string[]) {
        const count = await each(ids, 'Not everything could be copied', (id) =>
          api('POST', `/api/notebooks/${id}/duplicate`, {}),
        )
        if (count > 1) say(`${count} notebooks were copied.`)
      },
      async trash(notebooks: Titled[]) {
        const ids = notebooks.map(({ id }) => id)
        const count = await each(ids, 'Not everything could be put into the trash', (id) =>
          api('DELETE', `/api/notebooks/${id}`),
        )
        if (count === 0) return
        const what = count === 1 ? `“${notebooks[0]?.title}”` : `${count} notebooks`
        sayWithUndo(`${what} moved to the trash`, () =>
          each(ids, 'Not everything could be brought back', (id) => api('POST', `/api/trash/${id}`, {})),
        )
      },
    }
  }, [router])
}
export type Library = ReturnType<typeof useLibrary>
