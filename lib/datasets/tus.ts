import { randomUUID } from 'node:crypto'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { readConfig } from '../config'
import { dataFolder } from './data-folder'

/** Where uploads go, for a client of the tus protocol (https://tus.io), which goes on after a break. */
export const uploadsPath = '/api/dataset-uploads'

/** The largest file, bytes. */
export const uploadBytes = Number(process.env.CELLAR_UPLOAD_BYTES ?? 20 * 2 ** 30)

const shared = globalThis as typeof globalThis & { cellarTus?: Map<string, Server> }

/** Receives files in parts, into the folder of uploads. Who may is decided before it is asked. `path`: where it is asked. */
export function tusServer(path = uploadsPath): Server {
  shared.cellarTus ??= new Map()
  const known = shared.cellarTus.get(path)
  if (known) return known
  const made = new Server({
    path,
    relativeLocation: true,
    maxSize: uploadBytes,
    namingFunction: () => randomUUID(),
    datastore: new FileStore({ directory: dataFolder(readConfig().home).uploads }),
  })
  shared.cellarTus.set(path, made)
  return made
}

/** The name of the file in `Upload-Metadata`: `filename` and its value in base64. */
export function uploadName(metadata: string | null): string {
  for (const pair of metadata?.split(',') ?? []) {
    const [key, value = ''] = pair.trim().split(' ')
    if (key === 'filename') return Buffer.from(value, 'base64').toString('utf8').slice(0, 255)
  }
  return ''
}
