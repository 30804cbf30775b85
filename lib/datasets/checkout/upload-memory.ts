import { readFile, writeFile } from 'node:fs/promises'
import type { PreviousUpload, UrlStorage } from 'tus-js-client'

type Remembered = PreviousUpload & { fingerprint: string }

/** Remembers uploads that are not whole in a file, so that the next run of a command goes on with them. */
export function uploadMemory(file: string): UrlStorage {
  const all = async (): Promise<Remembered[]> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Remembered[]
    } catch {
      // Without it, an upload begins anew.
      return []
    }
  }
  const keep = (uploads: Remembered[]) => writeFile(file, JSON.stringify(uploads), { mode: 0o600 })
  return {
    findAllUploads: all,
    findUploadsByFingerprint: async (fingerprint) =>
      (await all()).filter((each) => each.fingerprint === fingerprint),
    async removeUpload(key) {
      await keep((await all()).filter((each) => each.urlStorageKey !== key))
    },
    async addUpload(fingerprint, upload) {
      const others = (await all()).filter((each) => each.fingerprint !== fingerprint)
      await keep([...others, { ...upload, fingerprint, urlStorageKey: fingerprint }])
      return fingerprint
    },
  }
}
