import { frameKind } from './kernel'

/** Frames of the pipes between a host and its kernel child; their layout is in `lib/protocol/kernel`. */

export type FrameKind = (typeof frameKind)[keyof typeof frameKind]
export type WireFrame = { kind: FrameKind; n: number; payload: Uint8Array }

/** Length and kind and number; the payload follows. */
export const frameHeaderBytes = 9
/** A longer frame is refused: what claims it is not speaking this protocol. */
export const maxFrameBytes = 2 ** 30

const text = new TextEncoder()

/** One frame as bytes, ready to write. */
export function encodeFrame(kind: FrameKind, n: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(frameHeaderBytes + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, frameHeaderBytes - 4 + payload.length, true)
  view.setUint8(4, kind)
  view.setUint32(5, n, true)
  bytes.set(payload, frameHeaderBytes)
  return bytes
}

/** A message as a `json` frame. */
export function encodeJson(message: object): Uint8Array {
  const n = 'n' in message && typeof message.n === 'number' ? message.n : 0
  return encodeFrame(frameKind.json, n, text.encode(JSON.stringify(message)))
}

/**
 * Cuts a byte stream into frames: `push` each chunk as it comes, `onFrame` gets each whole frame in order.
 * A payload may be a view into the chunk: use or copy it before the chunk is written over.
 * Throws `RangeError` at a frame of an impossible length or kind; nothing after it can be read.
 */
export function createFrameDecoder(onFrame: (frame: WireFrame) => void): { push(chunk: Uint8Array): void } {
  // The unfinished frame's chunks are joined once, when its last byte is there: a frame of
  // 50 MB comes in 800 chunks, and joining at each would copy 20 GB.
  let parts: Uint8Array[] = []
  let held = 0
  let wanted = frameHeaderBytes

  const frameBytes = (bytes: Uint8Array, at: number) => {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, 5).getUint32(0, true)
    const kind = bytes[at + 4]!
    if (length < frameHeaderBytes - 4 || length > maxFrameBytes || kind < 1 || kind > 4)
      throw new RangeError(`the stream is not made of frames: length ${length}, kind ${kind}`)
    return 4 + length
  }

  const push = (chunk: Uint8Array) => {
    let bytes = chunk
    if (held > 0) {
      parts.push(chunk)
      held += chunk.length
      if (held < wanted) return
      bytes = join(parts, held)
      parts = []
      held = 0
    }
    let at = 0
    wanted = frameHeaderBytes
    while (bytes.length - at >= frameHeaderBytes) {
      const length = frameBytes(bytes, at)
      if (bytes.length - at < length) {
        wanted = length
        break
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset + at, frameHeaderBytes)
      const payload = bytes.subarray(at + frameHeaderBytes, at + length)
      at += length
      onFrame({ kind: view.getUint8(4) as FrameKind, n: view.getUint32(5, true), payload })
    }
    if (at < bytes.length) {
      parts = [bytes.subarray(at)]
      held = bytes.length - at
    }
  }
  return { push }
}

function join(parts: Uint8Array[], length: number) {
  if (parts.length === 1) return parts[0]!
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
