import { ExportError } from './export-error'

type Spec = { name: string; shape: number[]; dtype: string; quantization?: unknown }
export type Weight = { shape: number[]; dtype: string; data: Float32Array | Int32Array | Uint8Array }

const widths: Record<string, number> = { float32: 4, int32: 4, bool: 1 }

/** Weights by name. Throws `ExportError` at those that are not plain numbers. */
export function readWeights(specs: unknown, data: unknown): Map<string, Weight> {
  const bytes = weightBytes(data)
  const weights = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, dtype, quantization } of (specs ?? []) as Spec[]) {
    const width = widths[dtype]
    if (!width || quantization)
      throw new ExportError(
        `its weights are ${quantization ? 'quantized' : dtype}: use the TensorFlow.js format: ${name}`,
      )
    const count = shape.reduce((product, size) => product * size, 1)
    // A copy begins at its own buffer's start, as a typed array needs it.
    const part = bytes.slice(at, at + count * width)
    if (part.length < count * width) throw new ExportError(`the weights end too early: ${name}`)
    at += count * width
    weights.set(name, {
      shape,
      dtype,
      data:
        dtype === 'bool'
          ? part
          : dtype === 'int32'
            ? new Int32Array(part.buffer)
            : new Float32Array(part.buffer),
    })
  }
  return weights
}

/** tfjs keeps weights in one buffer or in several. */
export function weightBytes(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (Array.isArray(data)) {
    const parts = data.map(weightBytes)
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
  return new Uint8Array()
}
