/** A tensor as MNIST's files hold it: `data` in row-major order. */
export type IdxArray<Data extends IdxData = IdxData> = { shape: number[]; data: Data }
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array

/** Reads the idx format: two zero bytes, a type, the number of dimensions, each size, then the values, big-endian. */
export function readIdx(bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = kinds[bytes[2] ?? 0]
  if (bytes[0] !== 0 || bytes[1] !== 0 || !kind)
    throw new Error(`not an idx file: it begins with ${bytes.subarray(0, 4).join(' ')}`)
  const shape = Array.from({ length: bytes[3]! }, (_, i) => view.getUint32(4 + 4 * i))
  const start = 4 + 4 * shape.length
  const length = shape.reduce((a, b) => a * b, 1)
  const needed = start + length * kind.size
  if (bytes.length < needed) throw new Error(`the idx file is cut short: ${bytes.length} of ${needed} bytes`)
  return { shape, data: kind.read(view, start, length) }
}

type Kind = { size: number; read(view: DataView, start: number, length: number): IdxData }

const kinds: Record<number, Kind> = {
  8: {
    size: 1,
    read: (view, start, length) =>
      new Uint8Array(view.buffer.slice(view.byteOffset + start, view.byteOffset + start + length)),
  },
  9: {
    size: 1,
    read: (view, start, length) => Int8Array.from({ length }, (_, i) => view.getInt8(start + i)),
  },
  11: {
    size: 2,
    read: (view, start, length) => Int16Array.from({ length }, (_, i) => view.getInt16(start + 2 * i)),
  },
  12: {
    size: 4,
    read: (view, start, length) => Int32Array.from({ length }, (_, i) => view.getInt32(start + 4 * i)),
  },
  13: {
    size: 4,
    read: (view, start, length) => Float32Array.from({ length }, (_, i) => view.getFloat32(start + 4 * i)),
  },
  14: {
    size: 8,
    read: (view, start, length) => Float64Array.from({ length }, (_, i) => view.getFloat64(start + 8 * i)),
  },
}
