import { type FilesChannel, provideFiles } from '../../lib/files/channel'
import type { FilesCall } from '../../lib/protocol/hosts'
import type { Host } from './hosts'

const patienceMs = 30_000

/** Lets routes reach the files of notebooks. `hostOf`: the machine that has them. */
export function serveFiles(hostOf: (notebookId: string) => Promise<Host>) {
  async function call<T>(notebookId: string, call: FilesCall): Promise<T> {
    const host = await hostOf(notebookId)
    const { result } = await host.ask('notebook.files', { notebookId, call }, patienceMs)
    return result as T
  }
  const channel: FilesChannel = {
    list: (notebookId, path) => call(notebookId, { method: 'list', path }),
    read: (notebookId, path, offset) => call(notebookId, { method: 'read', path, offset }),
    begin: (notebookId, path) => call(notebookId, { method: 'begin', path }),
    append: (notebookId, upload, data) => call(notebookId, { method: 'append', upload, data }),
    end: (notebookId, upload, path) => call(notebookId, { method: 'end', upload, path }),
    change: (notebookId, change) => call(notebookId, { method: 'change', change }),
  }
  provideFiles(channel)
}
