import type { FileChange, FileList } from '../protocol/files'
import { Refused } from '../refused'

/** A notebook's files, on the machine that has them. */
export type FilesChannel = {
  list(notebookId: string, path: string): Promise<FileList>
  read(notebookId: string, path: string, offset: number): Promise<{ data: Uint8Array; size: number }>
  begin(notebookId: string, path: string): Promise<{ upload: string }>
  append(notebookId: string, upload: string, data: Uint8Array): Promise<unknown>
  end(notebookId: string, upload: string, path?: string): Promise<unknown>
  change(notebookId: string, change: FileChange): Promise<unknown>
}

const shared = globalThis as typeof globalThis & { cellarFiles?: FilesChannel }

/** The socket server says how to reach hosts. */
export function provideFiles(channel: FilesChannel) {
  shared.cellarFiles = channel
}

export function files(): FilesChannel {
  if (shared.cellarFiles) return shared.cellarFiles
  throw new Refused(503, 'host_absent', "the machine that keeps this notebook's files is not connected")
}
