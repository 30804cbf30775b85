import { closeSync, mkdirSync, openSync, write as writeCallback, writeSync } from 'node:fs'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { limits } from '../../lib/protocol/limits'

/**
 * Full logs: all that an execution printed, a file each, before any limit of the page.
 * Writing is asynchronous and in batches: the child is read at once, however slow the disk.
 */
export type ExecutionLog = {
  write(text: string | Uint8Array): void
  /** Settles when all that was written is in the file. */
  flushed(): Promise<void>
  /** Writes what is left and closes the file. */
  end(): Promise<void>
}

/** Where the logs of one notebook are. */
export const logFile = (folder: string, executionId: string) => join(folder, `${safeName(executionId)}.log`)
const safeName = (name: string) => name.replace(/[^\w-]/g, '_').slice(0, 100)

/** Above this the host writes before it goes on: memory must not grow, and no line may be lost. */
const queueBytes = 16_000_000
const write = promisify(writeCallback)

/** The file is made at the first byte. A log past `maxBytes` is cut and says so at its end; so is one on a full disk. */
export function createLog(file: string, maxBytes: number = limits.logBytes): ExecutionLog {
  let queue: Uint8Array[] = []
  let queued = 0
  /** Bytes taken, and the place of the queue's first byte: writes name their place, so their order is free. */
  let size = 0
  let at = 0
  let descriptor: number | undefined
  let closed = false
  let writing: Promise<void> | undefined

  const take = () => {
    const bytes = queue.length === 1 ? queue[0]! : Buffer.concat(queue)
    const place = at
    at += bytes.length
    queue = []
    queued = 0
    descriptor ??= openFile(file)
    return { bytes, place, descriptor }
  }
  const push = (bytes: Uint8Array) => {
    queue.push(bytes)
    queued += bytes.length
    size += bytes.length
    writing ??= drain()
    if (queued > queueBytes) attempt(writeNow)
  }
  const writeNow = () => {
    const { bytes, place, descriptor } = take()
    for (let done = 0; done < bytes.length; )
      done += writeSync(descriptor, bytes, done, bytes.length - done, place + done)
  }
  const drain = async () => {
    // Once around the event loop: short prints become one write.
    await new Promise(setImmediate)
    try {
      while (queue.length > 0) {
        const { bytes, place, descriptor } = take()
        for (let done = 0; done < bytes.length; )
          done += (await write(descriptor, bytes, done, bytes.length - done, place + done)).bytesWritten
      }
    } catch {
      give()
    } finally {
      writing = undefined
    }
  }
  /** A full disk: the page still has its part, and the kernel goes on. */
  const give = () => {
    closed = true
    queue = []
    queued = 0
  }
  const attempt = (act: () => void) => {
    try {
      act()
    } catch {
      give()
    }
  }

  return {
    write(text) {
      if (closed) return
      const bytes = typeof text === 'string' ? Buffer.from(text) : text.slice()
      if (size + bytes.length <= maxBytes) return push(bytes)
      closed = true
      push(bytes.subarray(0, maxBytes - size))
      push(Buffer.from(`\nthe log is cut here, at ${maxBytes.toLocaleString('en')} bytes\n`))
    },
    async flushed() {
      while (writing) await writing
    },
    async end() {
      closed = true
      await this.flushed()
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    },
  }
}

function openFile(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  return openSync(file, 'w', 0o600)
}

/** A part of a log; empty `data` at its end, or where there is none. */
export async function readLog(file: string, offset: number, bytes = 1_000_000) {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    const { size } = await handle.stat()
    const data = new Uint8Array(Math.max(0, Math.min(bytes, size - offset)))
    const { bytesRead } = data.length > 0 ? await handle.read(data, 0, data.length, offset) : { bytesRead: 0 }
    return { data: data.subarray(0, bytesRead), size, cut: size >= limits.logBytes }
  } catch {
    return { data: new Uint8Array(0), size: 0, cut: false }
  } finally {
    await handle?.close()
  }
}

/** Deletes logs that nothing was written to for `days`. */
export async function sweepLogs(folder: string, days = 14, now = Date.now()) {
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    if (!name.endsWith('.log')) continue
    const file = join(folder, name)
    const { mtimeMs } = await stat(file)
    if (now - mtimeMs > days * 86_400_000) await rm(file, { force: true })
  }
}
