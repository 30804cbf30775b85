import {
  batchType,
  Column,
  type DataType,
  float64,
  list,
  tableFromColumns,
  tableToIPC,
} from '@uwdata/flechette'

/** Rows of numbers as an Arrow stream: a list `numbers` for each, and what stands beside them as `label`. */
export function matrixToArrow(values: Float64Array, width: number, labels: Float64Array | null): Uint8Array {
  const rows = values.length / width
  const type = list(float64())
  const offsets = Int32Array.from({ length: rows + 1 }, (_, i) => i * width)
  const numbers = batch(type, rows, { offsets, children: [numbersOf(values)] })
  const columns = [['numbers', new Column([numbers], type)]]
  if (labels) columns.push(['label', new Column([numbersOf(labels)], float64())])
  return tableToIPC(tableFromColumns(columns as never), { format: 'stream' })!
}

const numbersOf = (values: Float64Array) => batch(float64(), values.length, { values })

/** The memory is taken as it is: a builder would touch each number. */
function batch(type: DataType, length: number, memory: object) {
  const Batch = batchType(type) as new (options: object) => never
  return new Batch({ length, nullCount: 0, type, validity: new Uint8Array(0), ...memory })
}
