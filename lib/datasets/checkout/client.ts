import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import type { ApiDataset, ApiDatasetFile, ApiDatasetVersion } from '../../serving/datasets-api'
import { uploadMemory } from './upload-memory'

/** Told how much of a file has come, 0 to 1. */
export type Progress = (share: number) => void

/** Data sets of a Cellar elsewhere, by its API. */
export type DatasetsClient = {
  list(): Promise<ApiDataset[]>
  /** The newest without a number; undefined where there is no such data set. */
  version(name: string, number?: number): Promise<ApiDatasetVersion | undefined>
  /** Writes a file of a version; what of it is there already is not asked for again. */
  download(
    of: { name: string; version: number; file: ApiDatasetFile },
    target: string,
    progress: Progress,
  ): Promise<void>
  /** Makes a version of a file; an upload that broke off goes on, also in a later run. */
  push(
    of: { name: string; parent: number; message: string; file: string },
    progress: Progress,
  ): Promise<ApiDatasetVersion>
}

export class ApiRefusal extends Error {
  override name = 'ApiRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** How often a broken line is tried again, and how long is waited before, times the attempt. */
const attempts = 5
const patienceMs = 1000

/** `memory`: a file that remembers uploads which are not whole. */
export function createDatasetsClient({
  origin,
  key,
  memory,
}: {
  origin: string
  key: string
  memory: string
}): DatasetsClient {
  const authorization = `Bearer ${key}`
  async function send(address: string, init: RequestInit = {}) {
    const response = await fetch(`${origin}/api/v1/${address}`, {
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string>) },
    }).catch((cause: Error) => {
      throw new Error(`cellar cannot be reached, is the address right? ${origin}`, { cause })
    })
    if (response.ok) return response
    const text = await response.text()
    throw refusalOf(response.status, text) ?? new Error(`${origin} answered with status ${response.status}`)
  }
  const ask = async <T>(address: string, init?: RequestInit) =>
    (await (await send(address, init)).json()) as T

  return {
    list: async () => (await ask<{ datasets: ApiDataset[] }>('datasets')).datasets,

    version: (name, number) =>
      ask<ApiDatasetVersion>(`datasets/${name}${number === undefined ? '' : `/versions/${number}`}`).catch(
        (error) => {
          if (error instanceof ApiRefusal && error.status === 404 && number === undefined) return undefined
          throw error
        },
      ),

    async download({ name, version, file: { sha256, bytes } }, target, progress) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await more()
        } catch (error) {
          if (error instanceof ApiRefusal || attempt === attempts) throw error
          await wait(attempt * patienceMs)
        }
      }

      async function more() {
        const handle = await open(target, 'a', 0o644)
        try {
          let { size } = await handle.stat()
          if (size === bytes) return
          if (size > bytes) {
            await handle.truncate(0)
            size = 0
          }
          const response = await send(`datasets/${name}/versions/${version}/files/${sha256}`, {
            headers: { range: `bytes=${size}-`, 'if-range': `"${sha256}"` },
          })
          if (response.status === 200 && size > 0) {
            await handle.truncate(0)
            size = 0
          }
          for await (const part of response.body!) {
            await handle.write(part)
            size += part.length
            progress(size / bytes)
          }
          if (size < bytes) throw new Error(`the line broke off after ${size} of ${bytes} bytes: ${name}`)
        } finally {
          await handle.close()
        }
      }
    },

    async push({ name, parent, message, file }, progress) {
      const id = await upload(file, progress)
      const query = new URLSearchParams({ upload: id, parent: String(parent), message })
      return ask<ApiDatasetVersion>(`datasets/${name}/versions?${query}`, { method: 'POST' })
    },
  }

  async function upload(file: string, progress: Progress): Promise<string> {
    const { size, mtimeMs } = await stat(file)
    const stream = createReadStream(file)
    try {
      return await new Promise((resolve, reject) => {
        const tus: Upload = new Upload(stream, {
          endpoint: `${origin}/api/v1/uploads`,
          headers: { authorization },
          metadata: { filename: path.basename(file) },
          uploadSize: size,
          chunkSize: 8 * 2 ** 20,
          retryDelays: Array.from({ length: attempts - 1 }, (_, i) => (i + 1) * patienceMs),
          urlStorage: uploadMemory(memory),
          // The same file to the same place is the same upload.
          fingerprint: async () => ['cellar', origin, path.resolve(file), size, mtimeMs].join(' '),
          removeFingerprintOnSuccess: true,
          onProgress: (sent, all) => progress(all === 0 ? 1 : sent / all),
          onSuccess: () => resolve(tus.url!.split('/').at(-1)!),
          onError(error) {
            const answer = 'originalResponse' in error ? error.originalResponse : null
            reject(
              (answer && refusalOf(answer.getStatus(), answer.getBody() ?? '')) ??
                new Error(`the upload broke off; the same command goes on with it: ${file}`, {
                  cause: error,
                }),
            )
          },
        })
        tus.findPreviousUploads().then(([previous]) => {
          if (previous) tus.resumeFromPreviousUpload(previous)
          tus.start()
        }, reject)
      })
    } finally {
      stream.destroy()
    }
  }
}

function refusalOf(status: number, text: string): ApiRefusal | undefined {
  try {
    const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error
    return new ApiRefusal(status, code, message)
  } catch {
    return undefined
  }
}
