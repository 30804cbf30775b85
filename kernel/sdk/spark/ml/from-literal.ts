type Literal = { [kind: string]: unknown }
type Elements = { elements?: Literal[] }

/** What Spark answers about a model, as numbers, texts and arrays; vectors and matrices dense, a matrix by rows. */
export function fromLiteral(literal: unknown): unknown {
  const value = literal as Literal
  if (value.struct) return fromStruct(value.struct as Elements & { struct_type?: unknown })
  if (value.array) return ((value.array as Elements).elements ?? []).map(fromLiteral)
  if (value.specialized_array) return specialized(value)
  for (const kind of ['boolean', 'byte', 'short', 'integer', 'long', 'float', 'double', 'string'])
    if (value[kind] !== undefined) return value[kind]
  return null
}

function specialized(value: Literal): unknown[] {
  const arrays = (value.specialized_array ?? {}) as Record<string, { values?: unknown[] }>
  return Object.values(arrays)[0]?.values ?? []
}

/** Fields as `VectorUDT` and `MatrixUDT` of Spark ML lay them out. */
function fromStruct({ elements = [], struct_type }: Elements & { struct_type?: unknown }): unknown {
  const name = JSON.stringify(struct_type ?? {})
  const numbers = (i: number) => specialized(elements[i] ?? {}) as number[]
  const isDense = elements[0]?.byte === 1
  if (name.includes('VectorUDT')) {
    if (isDense) return numbers(3)
    const full = new Array<number>(Number(elements[1]?.integer ?? 0)).fill(0)
    numbers(2).forEach((index, i) => {
      full[index] = numbers(3)[i]!
    })
    return full
  }
  if (name.includes('MatrixUDT')) {
    const rows = Number(elements[1]?.integer ?? 0)
    const columns = Number(elements[2]?.integer ?? 0)
    const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
    const values = numbers(5)
    const isTransposed = elements[6]?.boolean === true
    if (isDense)
      values.forEach((value, i) => {
        const [row, column] = isTransposed
          ? [Math.floor(i / columns), i % columns]
          : [i % rows, Math.floor(i / rows)]
        matrix[row]![column] = value
      })
    else {
      const [starts, places] = [numbers(3), numbers(4)]
      for (let outer = 0; outer + 1 < starts.length; outer++)
        for (let i = starts[outer]!; i < starts[outer + 1]!; i++) {
          const [row, column] = isTransposed ? [outer, places[i]!] : [places[i]!, outer]
          matrix[row]![column] = values[i]!
        }
    }
    return matrix
  }
  return elements.map(fromLiteral)
}
