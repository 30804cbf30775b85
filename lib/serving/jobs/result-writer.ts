import { open } from 'node:fs/promises'

/** Pieces are written when they are about so large, bytes. */
const pieceBytes = 256 * 1024

/**
 * The file of a batch's result, gone on with where it is known to be whole: what a killed process wrote after its last
 * word is cut off. Written by position, so that a process that was thought dead can do no harm but write the same again.
 */
export async function openResult(file: string, from: number) {
  const handle = await open(file, from === 0 ? 'w' : 'r+', 0o600)
  await handle.truncate(from)
  let at = from
  let waiting = ''
  async function flush() {
    const bytes = Buffer.from(waiting)
    waiting = ''
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at)
      done += bytesWritten
      at += bytesWritten
    }
  }
  return {
    async add(text: string) {
      waiting += text
      if (waiting.length >= pieceBytes) await flush()
    },
    /** Settles to the file's length when all of it would survive a crash of the machine. */
    async keep() {
      await flush()
      await handle.datasync()
      return at
    },
    close: () => handle.close(),
  }
}
