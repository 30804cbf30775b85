import { writeSync } from 'node:fs'
import { encodeFrame, encodeJson, type FrameKind } from '../../lib/protocol/frames'
import { type ChildMessage, frameKind } from '../../lib/protocol/kernel'

/** All that the child says, in order, on one blocking pipe: the reader's pace is the writer's pace. */
export type Output = {
  /** Stream text of execution `n` (0: of none). Sent in batches. */
  text(stream: 'stdout' | 'stderr', text: string, n: number): void
  /** A message, after all text before it. */
  send(message: ChildMessage, bytes?: Uint8Array): void
  flush(): void
}

type Timing = {
  /** Longest wait of a batch, ms, and its size, UTF-16 units. */
  every?: number
  size?: number
  /** Lines at the start of a burst that are sent at once: seen before a long computation. */
  prompt?: number
}
type Lock = { enter(): void; leave(): void }

const sleeper = new Int32Array(new SharedArrayBuffer(4))

export function createOutput(
  fd: number,
  lock: Lock,
  { every = 16, size = 65_536, prompt = 32 }: Timing = {},
): Output {
  let text = ''
  let stream: FrameKind = frameKind.stdout
  let owner = 0
  let windowStart = 0
  let inWindow = 0
  let timer: NodeJS.Timeout | undefined

  const write = (bytes: Uint8Array) => {
    lock.enter()
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(fd, bytes, at)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
        Atomics.wait(sleeper, 0, 0, 1)
      }
    }
    lock.leave()
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (text === '') return
    const bytes = encodeFrame(stream, owner, Buffer.from(text))
    write(bytes)
    text = ''
  }

  return {
    flush,
    text(name, more, n) {
      const kind = frameKind[name]
      if (kind !== stream || n !== owner) {
        flush()
        stream = kind
        owner = n
      }
      text += more
      const now = performance.now()
      if (now - windowStart > every) {
        windowStart = now
        inWindow = 0
        flush()
      } else if (inWindow < prompt || text.length >= size) flush()
      else timer ??= setTimeout(flush, every)
      inWindow++
    },
    send(message, bytes) {
      flush()
      write(encodeJson(message as { n?: number }))
      if (bytes) write(encodeFrame(frameKind.binary, (message as { n?: number }).n ?? 0, bytes))
    },
  }
}
