import type { TrainColumn, TrainData } from '../data'

/** Gathers rows of parts into one table at hand. */
export function sampleRows() {
  const parts: TrainData[] = []
  return {
    add(part: TrainData, rows: Int32Array) {
      if (rows.length > 0 || parts.length === 0)
        parts.push({ rows: rows.length, columns: part.columns.map((column) => take(column, rows)) })
    },
    data(): TrainData {
      const [first, ...others] = parts
      const rows = parts.reduce((sum, part) => sum + part.rows, 0)
      const columns = first!.columns.map((column, i) =>
        join(column, [column, ...others.map((part) => part.columns[i]!)]),
      )
      return { rows, columns }
    },
  }
}

function take(column: TrainColumn, rows: Int32Array): TrainColumn {
  if (column.type === 'text') {
    // Of the part's texts those alone that are kept: the others may be many.
    const places = new Map<number, number>()
    const codes = Int32Array.from(rows, (row) => {
      const code = column.codes[row]!
      if (code >= 0 && !places.has(code)) places.set(code, places.size)
      return places.get(code) ?? -1
    })
    return { ...column, codes, categories: Array.from(places.keys(), (code) => column.categories[code]!) }
  }
  if (column.type !== 'numbers')
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
  const size = column.shape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(rows.length * size)
  rows.forEach((row, i) => {
    values.set(column.values.subarray(row * size, (row + 1) * size), i * size)
  })
  return { ...column, values }
}

function join(column: TrainColumn, parts: TrainColumn[]): TrainColumn {
  if (column.type === 'text') {
    const texts = parts as (typeof column)[]
    const places = new Map<string, number>()
    for (const { categories } of texts)
      for (const text of categories) if (!places.has(text)) places.set(text, places.size)
    const codes = texts.map((part) => {
      const placeOf = part.categories.map((text) => places.get(text)!)
      return Int32Array.from(part.codes, (code) => (code < 0 ? -1 : placeOf[code]!))
    })
    return { ...column, categories: [...places.keys()], codes: joined(Int32Array, codes) }
  }
  if (column.type === 'numbers')
    return {
      ...column,
      values: joined(
        Float32Array,
        (parts as (typeof column)[]).map(({ values }) => values),
      ),
    }
  return {
    ...column,
    values: joined(
      Float64Array,
      (parts as (typeof column)[]).map(({ values }) => values),
    ),
  }
}

function joined<Numbers extends Int32Array | Float32Array | Float64Array>(
  type: new (length: number) => Numbers,
  parts: Numbers[],
): Numbers {
  const all = new type(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
