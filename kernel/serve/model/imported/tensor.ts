import type { ModelTensor, TensorType } from '../../../../lib/protocol/imported-model'

/** Booleans are bytes of 0 and 1; 16-bit floats are their bits; 64-bit integers are bigints. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | string[]

/** A tensor on its way to a model or from it, of any library. */
export type Tensor = { type: TensorType; shape: number[]; data: TensorData }

/** A model that a library has loaded. */
export type Runner = {
  /** With the first dimension, as the model has it. */
  inputs: ModelTensor[]
  outputs: ModelTensor[]
  /** What a person should know of what was loaded. */
  notes: string[]
  /** Libraries that run it, with their versions. */
  environment: Record<string, string>
  /** One call: tensors by name in and out. */
  run(feeds: Map<string, Tensor>): Promise<Map<string, Tensor>>
}

const arrays = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const

/** Room for so many values. */
export const newData = (type: TensorType, length: number): TensorData =>
  type === 'string' ? new Array<string>(length).fill('') : new arrays[type](length)

export const isInteger = (type: TensorType) => /int/.test(type)

const ranges: Partial<Record<TensorType, [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
}

/** Writes one JSON value; answers what it expected where the value is none of this type. */
export function writeValue(
  type: TensorType,
  data: TensorData,
  at: number,
  value: unknown,
): string | undefined {
  if (type === 'string') {
    if (typeof value !== 'string') return 'a text'
    ;(data as string[])[at] = value
    return
  }
  if (type === 'bool') {
    if (typeof value !== 'boolean') return 'true or false'
    ;(data as Uint8Array)[at] = value ? 1 : 0
    return
  }
  if (typeof value !== 'number') return 'a number'
  const range = ranges[type]
  if (range && !(Number.isInteger(value) && value >= range[0] && value <= range[1]))
    return `an integer from ${range[0]} to ${range[1]}`
  if (type === 'int64' || type === 'uint64') (data as BigInt64Array)[at] = BigInt(value)
  else (data as Float64Array)[at] = type === 'float16' ? toHalf(value) : value
}

/** One value as JSON has it: what is no number there is null. */
export function readValue(type: TensorType, data: TensorData, at: number): unknown {
  const value: unknown = data[at]
  if (type === 'bool') return Boolean(value)
  if (type === 'float16') return finite(fromHalf(value as number))
  if (typeof value !== 'bigint') return typeof value === 'number' ? finite(value) : value
  const number = Number(value)
  if (!Number.isSafeInteger(number))
    throw new RangeError(`it answered with an integer that JSON's numbers cannot hold: ${value}`)
  return number
}

const finite = (value: number) => (Number.isFinite(value) ? value : null)

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** The nearest half, ties to even. */
function toHalf(value: number): number {
  float[0] = value
  const x = bits[0]!
  const sign = (x >>> 16) & 0x8000
  const magnitude = x & 0x7fffffff
  if (magnitude >= 0x7f800000) return sign | 0x7c00 | (magnitude > 0x7f800000 ? 0x200 : 0)
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // Below the smallest normal half: in units of 2^-24, which a division rounds to even by itself.
    const units = Math.abs(value) * 2 ** 24
    const below = Math.floor(units)
    const rest = units - below
    return sign | (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below)
  }
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** How many values a shape holds. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1)
