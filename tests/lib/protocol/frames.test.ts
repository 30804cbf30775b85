import { expect, test } from 'vitest'
import { createFrameDecoder, encodeFrame, encodeJson, type WireFrame } from '../../../lib/protocol/frames'
import { frameKind } from '../../../lib/protocol/kernel'

const decode = (chunks: Uint8Array[]) => {
  const frames: WireFrame[] = []
  const decoder = createFrameDecoder((frame) => frames.push({ ...frame, payload: frame.payload.slice() }))
  for (const chunk of chunks) decoder.push(chunk)
  return frames
}
const bytes = (...values: number[]) => new Uint8Array(values)

test('a frame is its length, kind, number and payload, little-endian', () => {
  expect(encodeFrame(frameKind.stderr, 258, bytes(7, 8))).toEqual(bytes(7, 0, 0, 0, 2, 2, 1, 0, 0, 7, 8))
})

test('frames cut at any byte come out whole and in order', () => {
  const stream = new Uint8Array([
    ...encodeFrame(frameKind.stdout, 1, bytes()),
    ...encodeFrame(frameKind.stderr, 4_000_000_000, bytes(1, 2, 3)),
    ...encodeJson({ n: 3 }),
  ])
  const expected = [
    { kind: frameKind.stdout, n: 1, payload: bytes() },
    { kind: frameKind.stderr, n: 4_000_000_000, payload: bytes(1, 2, 3) },
    { kind: frameKind.json, n: 3, payload: new TextEncoder().encode('{"n":3}') },
  ]
  for (let size = 1; size <= stream.length; size++) {
    const chunks = []
    for (let at = 0; at < stream.length; at += size) chunks.push(stream.subarray(at, at + size))
    expect(decode(chunks)).toEqual(expected)
  }
})

test('bytes that are no frames are refused', () => {
  expect(() => decode([new TextEncoder().encode('hello, I am not a frame')])).toThrow(
    new RangeError('the stream is not made of frames: length 1819043176, kind 111'),
  )
})
