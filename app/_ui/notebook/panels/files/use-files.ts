import { useCallback, useEffect, useRef, useState } from 'react'
import type { FileChange, FileList } from '../../../../../lib/protocol/files'
import { api } from '../../../api'
import { upload } from '../../../upload'
import { useSession, useView } from '../../context'

export type Upload = { id: number; name: string; share: number; failure?: string; stop(): void }

let uploadCount = 0

/** A folder of the notebook's files, as it is now, and what can be done with it. */
export function useFiles(folder: string) {
  const { notebookId } = useSession()
  const address = `/api/notebooks/${notebookId}/files`
  const [list, setList] = useState<FileList>()
  const [failure, setFailure] = useState<string>()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  /** Answers of a folder that was left come too late. */
  const wanted = useRef(0)

  const load = useCallback(async () => {
    const mine = ++wanted.current
    try {
      const found = await api<FileList>('GET', `${address}?path=${encodeURIComponent(folder)}`)
      if (mine !== wanted.current) return
      setList(found)
      setFailure(undefined)
    } catch (error) {
      if (mine === wanted.current) setFailure((error as Error).message)
    }
  }, [address, folder])
  const kernel = useView((view) => view.kernel.kernel.state)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a cell that has ended may have written files
  useEffect(() => {
    void load()
  }, [load, kernel])

  const contentOf = (name: string) =>
    `${address}/content?path=${encodeURIComponent(folder === '' ? name : `${folder}/${name}`)}`

  async function change(wanted: FileChange) {
    await api('POST', address, wanted)
    await load()
  }

  async function send(file: File) {
    const stop = new AbortController()
    const id = ++uploadCount
    const update = (patch: Partial<Upload>) =>
      setUploads((now) => now.map((each) => (each.id === id ? { ...each, ...patch } : each)))
    const remove = () => setUploads((now) => now.filter((each) => each.id !== id))
    setUploads((now) => [...now, { id, name: file.name, share: 0, stop: () => stop.abort() }])
    try {
      await upload('PUT', contentOf(file.name), file, (share) => update({ share }), stop.signal)
      remove()
    } catch (error) {
      if (stop.signal.aborted) remove()
      else update({ failure: (error as Error).message, stop: remove })
    }
    await load()
  }

  return {
    list,
    failure,
    uploads,
    contentOf,
    change,
    load,
    /** One after another: each has the whole line. */
    async sendAll(files: Iterable<File>) {
      for (const file of files) await send(file)
    },
  }
}
