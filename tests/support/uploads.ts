import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DataContext } from '../../app/_data/context'
import type { SaveImport } from '../../lib/datasets/save-import'
import { insertUpload } from '../../lib/datasets/uploads'
import type { ColumnType } from '../../lib/protocol/dataset'
import type { ImportOptions } from '../../lib/protocol/dataset-import'

/** Uploads to the process `data`, without the way over HTTP. */
export function uploading({ store, folder }: DataContext, workspaceId: string) {
  async function upload(name: string, content: string | Uint8Array) {
    const id = randomUUID()
    await mkdir(folder.uploads, { recursive: true })
    await writeFile(path.join(folder.uploads, id), content)
    await insertUpload(store.db, { id, workspaceId, name, bytes: content.length })
    return id
  }
  return {
    upload,
    inspect: async (
      name: string,
      content: string | Uint8Array,
      options: ImportOptions = {},
      types?: (ColumnType | null)[],
    ) => store.ask('inspect', { uploadId: await upload(name, content), options, types }),
    async save(name: string, content: string | Uint8Array, more: Partial<SaveImport> = {}) {
      return store.ask('save', {
        uploadId: await upload(name, content),
        options: {},
        leaveOutRejected: false,
        misfitsAsMissing: false,
        target: { name: `d${randomUUID().slice(0, 8)}`, description: '' },
        message: '',
        userId: null,
        origin: 'upload',
        ...more,
      })
    },
  }
}
