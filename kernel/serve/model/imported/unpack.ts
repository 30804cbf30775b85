import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { fromBufferPromise } from 'yauzl'
import type { ModelFile } from '../../../../lib/protocol/imported-model'
import { ImportError, messageOf } from './import-error'

export type UnpackLimits = { files: number; bytes: number }

/** What a model child of 2 GiB can hold beside the model that is made of it. */
const defaults: UnpackLimits = { files: 10_000, bytes: 512 * 2 ** 20 }

/**
 * Uploaded files with every archive among them replaced by what it holds, all in memory: nothing is written anywhere, so
 * a path can lead nowhere. Refuses paths that leave the archive, links, encrypted entries, and more than `limits` allow,
 * counted while it unpacks: what an archive says of its own size is not believed.
 */
export async function unpack(uploads: ModelFile[], limits: UnpackLimits = defaults): Promise<ModelFile[]> {
  const files = new Map<string, Uint8Array>()
  let bytes = 0
  for (const { path: upload, data } of uploads) {
    const add = (path: string, parts: Uint8Array[]) => {
      const name = cleanPath(path, upload)
      if (name === undefined) return
      if (files.has(name)) throw new ImportError(`there are two files of this name: ${name}`)
      if (files.size === limits.files)
        throw new ImportError(`the archive holds more than ${limits.files} files: ${upload}`)
      files.set(name, Buffer.concat(parts))
    }
    const count = (size: number) => {
      bytes += size
      if (bytes > limits.bytes)
        throw new ImportError(
          `the files are larger than ${Math.floor(limits.bytes / 2 ** 20)} MiB when unpacked: ${upload}`,
        )
    }
    try {
      if (isZip(data)) await unzip(data, add, count)
      else if (isGzip(data)) await untar(Readable.from([data]).pipe(createGunzip()), add, count)
      else if (isTar(data)) await untar(Readable.from([data]), add, count)
      else {
        count(data.length)
        add(upload, [data])
      }
    } catch (cause) {
      if (cause instanceof ImportError) throw cause
      throw new ImportError(`the archive cannot be read, ${messageOf(cause)}: ${upload}`, { cause })
    }
  }
  return Array.from(files, ([path, data]) => ({ path, data }))
}

type Add = (path: string, parts: Uint8Array[]) => void
type Count = (size: number) => void

const isZip = (data: Uint8Array) => startsWith(data, [0x50, 0x4b, 0x03, 0x04])
const isGzip = (data: Uint8Array) => startsWith(data, [0x1f, 0x8b])
const isTar = (data: Uint8Array) =>
  data.length >= 512 && Buffer.from(data.subarray(257, 262)).toString('latin1') === 'ustar'
const startsWith = (data: Uint8Array, bytes: number[]) => bytes.every((byte, i) => data[i] === byte)

async function unzip(data: Uint8Array, add: Add, count: Count) {
  const archive = await fromBufferPromise(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    strictFileNames: true,
  })
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    // The upper half of the attributes is a Unix mode, where a Unix made the archive.
    const kind = (entry.externalFileAttributes >>> 16) & 0o170000
    if (kind !== 0 && kind !== 0o100000)
      throw new ImportError(`the archive holds a link, and only files can be loaded: ${entry.fileName}`)
    if (entry.isEncrypted())
      throw new ImportError(`the file is encrypted, pack it without a password: ${entry.fileName}`)
    const parts: Uint8Array[] = []
    for await (const part of await archive.openReadStreamPromise(entry)) {
      count((part as Buffer).length)
      parts.push(part as Buffer)
    }
    add(entry.fileName, parts)
  }
}

async function untar(archive: Readable, add: Add, count: Count) {
  const entries = extract()
  archive.on('error', (error) => entries.destroy(error))
  archive.pipe(entries)
  for await (const entry of entries) {
    const { name, type } = entry.header
    const parts: Uint8Array[] = []
    for await (const part of entry) {
      count((part as Buffer).length)
      parts.push(part as Buffer)
    }
    if (type === 'directory') continue
    if (type !== 'file' && type !== 'contiguous-file')
      throw new ImportError(`the archive holds a ${type}, and only files can be loaded: ${name}`)
    add(name, parts)
  }
}

/** A path below the archive's folder; undefined for what systems leave in archives and no model needs. */
function cleanPath(path: string, upload: string): string | undefined {
  if (/[\0\\]/.test(path) || path.startsWith('/') || /^[a-z]:/i.test(path))
    throw new ImportError(`the archive holds a path that leads out of it: ${path} in ${upload}`)
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..'))
    throw new ImportError(`the archive holds a path that leads out of it: ${path} in ${upload}`)
  if (parts[0] === '__MACOSX' || parts.at(-1) === '.DS_Store' || parts.at(-1)?.startsWith('._')) return
  return parts.join('/') || undefined
}
