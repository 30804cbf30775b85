import type { Vector } from '@duckdb/node-bindings'
import type { Duck } from './duckdb'

/** Bytes of a `duckdb_string_t`: the length, then up to 12 bytes of text, or 4 of them and a pointer to all. */
const size = 16
const inlined = 12

/**
 * The texts of a vector of VARCHAR, null where `valid` says so. Long ones that lie behind each other, as DuckDB stores
 * them, are fetched at once: a call for each would take most of the time.
 */
export function readStrings(
  { bindings }: Duck,
  vector: Vector,
  count: number,
  valid: Uint8Array | null,
): (string | null)[] {
  const bytes = bindings.vector_get_data(vector, count * size)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts: (string | null)[] = new Array(count)
  const isValid = (i: number) => valid === null || (valid[i >> 3]! & (1 << (i & 7))) !== 0
  const addressOf = (i: number) =>
    buffer.readUInt32LE(i * size + 8) + buffer.readUInt32LE(i * size + 12) * 2 ** 32
  let run: number[] = []
  let low = 0
  let high = 0

  const fetchRun = () => {
    if (run.length === 0) return
    const first = run.find((i) => addressOf(i) === low)!
    const offset = bytes.byteOffset + first * size + 8
    const data = bindings.get_data_from_pointer(bytes.buffer as ArrayBuffer, offset, high - low)
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    for (const i of run) {
      const from = addressOf(i) - low
      texts[i] = text.toString('utf8', from, from + buffer.readUInt32LE(i * size))
    }
    run = []
  }

  for (let i = 0; i < count; i++) {
    if (!isValid(i)) {
      texts[i] = null
      continue
    }
    const length = buffer.readUInt32LE(i * size)
    if (length <= inlined) {
      texts[i] = buffer.toString('utf8', i * size + 4, i * size + 4 + length)
      continue
    }
    const address = addressOf(i)
    // Exactly what strings cover is read, never a gap between them.
    if (run.length > 0 && address === high) high += length
    else if (run.length > 0 && address + length === low) low = address
    else {
      fetchRun()
      low = address
      high = address + length
    }
    run.push(i)
  }
  fetchRun()
  return texts
}
