import { Refusal } from '../refusal'

/** Values of one tensor, row-major. */
export type Values = (number | string | boolean | null)[]

type Reader = (view: DataView, at: number) => number | boolean
/** Little-endian, as Triton's binary extension says (docs/protocol/extension_binary_data.md of Triton). */
const readers: Record<string, [bytes: number, read: Reader]> = {
  BOOL: [1, (view, at) => view.getUint8(at) !== 0],
  UINT8: [1, (view, at) => view.getUint8(at)],
  UINT16: [2, (view, at) => view.getUint16(at, true)],
  UINT32: [4, (view, at) => view.getUint32(at, true)],
  UINT64: [8, (view, at) => Number(view.getBigUint64(at, true))],
  INT8: [1, (view, at) => view.getInt8(at)],
  INT16: [2, (view, at) => view.getInt16(at, true)],
  INT32: [4, (view, at) => view.getInt32(at, true)],
  INT64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  FP16: [2, (view, at) => half(view.getUint16(at, true))],
  FP32: [4, (view, at) => view.getFloat32(at, true)],
  FP64: [8, (view, at) => view.getFloat64(at, true)],
}
export const datatypes = [...Object.keys(readers), 'BYTES']

/** A half-precision number (IEEE 754 binary16) from its bits. */
function half(bits: number) {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The values of a tensor's bytes. Throws `Refusal` 400 where their number is not `count`. */
export function decodeValues(name: string, datatype: string, bytes: Buffer, count: number): Values {
  if (datatype === 'BYTES') return decodeTexts(name, bytes, count)
  const known = readers[datatype]
  if (!known)
    throw bad(name, `expected a datatype of ${datatypes.join(', ')}, got ${JSON.stringify(datatype)}`)
  const [size, read] = known
  if (bytes.length !== size * count)
    throw bad(name, `${count} values of ${datatype} take ${size * count} bytes, got ${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: count }, (_, i) => read(view, i * size))
}

function decodeTexts(name: string, bytes: Buffer, count: number): Values {
  const texts: string[] = []
  let at = 0
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32LE(at)
    if (end > bytes.length) break
    texts.push(bytes.toString('utf8', at + 4, end))
    at = end
  }
  if (at !== bytes.length || texts.length !== count)
    throw bad(name, `expected ${count} texts, each after its length in 4 bytes`)
  return texts
}

/** The bytes of an answer's values. */
export function encodeValues(datatype: string, values: Values): Buffer {
  if (datatype === 'BYTES')
    return Buffer.concat(
      values.map((value) => {
        const text = Buffer.from(String(value ?? ''))
        const length = Buffer.alloc(4)
        length.writeUInt32LE(text.length)
        return Buffer.concat([length, text])
      }),
    )
  if (datatype === 'BOOL') return Buffer.from(values.map((value) => Number(value === true)))
  const bytes = Buffer.alloc(values.length * 8)
  values.forEach((value, i) => {
    bytes.writeDoubleLE(typeof value === 'number' ? value : Number.NaN, i * 8)
  })
  return bytes
}

/** JSON data, flat or nested, as flat values. Throws `Refusal` 400 where their number is not `count`. */
export function flatValues(name: string, data: unknown, count: number): Values {
  if (!Array.isArray(data)) throw bad(name, 'data must be an array')
  const flat = data.flat(Number.POSITIVE_INFINITY) as unknown[]
  if (flat.length !== count) throw bad(name, `its shape holds ${count} values, its data ${flat.length}`)
  const wrong = flat.find((value) => typeof value === 'object' && value !== null)
  if (wrong !== undefined) throw bad(name, 'data holds an object; send numbers, texts or booleans')
  return flat as Values
}

export const bad = (name: string, message: string) =>
  new Refusal(400, 'bad_record', `input ${JSON.stringify(name)}: ${message}`, name)
